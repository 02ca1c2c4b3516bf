import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const service = z.looseObject({
  image: z.string().optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  deploy: z.object({ replicas: z.number() }).optional(),
  stop_grace_period: z.string().optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
});
const file = z.looseObject({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.unknown()),
});

/**
 * Reads the file with anchors merged, and `${NAME:-default}` and `${NAME:?why}` replaced by values of
 * `given`.
 */
export function readCompose(given: Record<string, string> = {}): z.output<typeof file> {
  const text = parse(readFileSync("compose.yaml", "utf8"), { merge: true }) as unknown;
  return file.parse(
    JSON.parse(JSON.stringify(text), (_, value: unknown) =>
      typeof value === "string" ? interpolated(value, given) : value,
    ),
  );
}

function interpolated(value: string, given: Record<string, string>): string {
  return value.replace(/\$\{([A-Z_]+):([-?])([^}]*)\}/g, (_, name: string, kind: string, text: string) => {
    const value = given[name] ?? (kind === "-" ? text : undefined);
    if (value === undefined) throw new Error(`${name} is needed: ${text}`);
    return value;
  });
}
