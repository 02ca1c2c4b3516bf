import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { parseEnv } from "../config/env.ts";
import { environmentFor, readAppSpec } from "./testing/app-platform.ts";

const given = {
  "db.DATABASE_URL": "postgresql://u:p@db.example.com:25060/d?sslmode=require",
  APP_URL: "https://lockstep-x.ondigitalocean.app",
};

it.each([
  ["single", ["all"]],
  ["web-and-workers", ["web", "worker"]],
] as const)("%s is valid for the platform, with settings that its components accept", (name, roles) => {
  const spec = readAppSpec(name);
  const components = [...spec.services, ...spec.workers];
  const envs = components.map((component) => environmentFor(spec, component, given));
  expect(envs.map((env) => env["ROLE"])).toEqual(roles);
  for (const env of envs) {
    expect(parseEnv(env).DATABASE_URL).toBe(`${given["db.DATABASE_URL"]}&uselibpqcompat=true`);
  }
  for (const { dockerfile_path } of components) expect(existsSync(dockerfile_path)).toBe(true);
  // A file that is thrown away with its edits must not be written.
  expect(envs.map((env) => parseEnv(env).SYNC_DIRECTION)).toEqual(roles.map(() => "yaml_to_db"));
  const [service] = spec.services;
  expect(parseEnv(envs[0] ?? {})).toMatchObject({
    PORT: service?.http_port,
    PUBLIC_URL: given.APP_URL,
    TRUST_PROXY: true,
  });
  expect(spec.ingress.rules.map(({ component }) => component.name)).toEqual([service?.name]);
});

it("gives all web processes the same secrets, and keeps them secret", () => {
  for (const name of ["single", "web-and-workers"] as const) {
    const spec = readAppSpec(name);
    const secret = [...spec.envs, ...spec.services.flatMap(({ envs }) => envs)]
      .filter(({ type }) => type === "SECRET")
      .map(({ key }) => key);
    expect(secret, name).toEqual(["API_TOKEN", "AUTH_SECRET"]);
  }
});
