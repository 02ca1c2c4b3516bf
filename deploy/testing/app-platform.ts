import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

// The parts of App Platform's app spec that our specs use, as strict schemas, because doctl refuses unknown
// keys.
const env = z.strictObject({
  key: z.string().regex(/^[A-Z_]+$/),
  value: z.string(),
  scope: z.enum(["RUN_TIME", "BUILD_TIME", "RUN_AND_BUILD_TIME"]).optional(),
  type: z.enum(["GENERAL", "SECRET"]).optional(),
});
const component = {
  name: z.string().regex(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/),
  dockerfile_path: z.string(),
  github: z.strictObject({ repo: z.string().includes("/"), branch: z.string(), deploy_on_push: z.boolean() }),
  run_command: z.string().optional(),
  instance_count: z.number().int().min(1),
  instance_size_slug: z.string().regex(/^apps-[sd]-\d+vcpu-[\d.]+gb(-fixed)?$/),
  envs: z.array(env).default([]),
};
const spec = z.strictObject({
  name: z.string(),
  region: z.enum(["ams", "blr", "fra", "lon", "nyc", "sfo", "sgp", "syd", "tor", "atl"]),
  envs: z.array(env).default([]),
  services: z.array(
    z.strictObject({
      ...component,
      http_port: z.number().int(),
      health_check: z.strictObject({
        http_path: z.string().startsWith("/"),
        initial_delay_seconds: z.number(),
        period_seconds: z.number(),
        timeout_seconds: z.number(),
        failure_threshold: z.number(),
      }),
    }),
  ),
  workers: z.array(z.strictObject(component)).default([]),
  databases: z.array(
    z.strictObject({
      name: z.string(),
      engine: z.literal("PG"),
      version: z.string(),
      production: z.boolean(),
      cluster_name: z.string(),
    }),
  ),
  ingress: z.strictObject({
    rules: z.array(
      z.strictObject({
        match: z.strictObject({ path: z.strictObject({ prefix: z.string() }) }),
        component: z.strictObject({ name: z.string() }),
      }),
    ),
  }),
});
export type AppSpec = z.output<typeof spec>;

export const APP_SPECS = ["single", "web-and-workers"] as const;

export function readAppSpec(name: (typeof APP_SPECS)[number]): AppSpec {
  return spec.parse(parse(readFileSync(`deploy/app-platform/${name}.yaml`, "utf8")));
}

/** A component's environment, with the platform's `${...}` replaced by values of `given`. */
export function environmentFor(
  { envs }: AppSpec,
  own: { envs: z.output<typeof env>[] },
  given: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    [...envs, ...own.envs].map(({ key, value }) => [
      key,
      value.replace(/\$\{([^}]+)\}/g, (_, name: string) => given[name] ?? ""),
    ]),
  );
}
