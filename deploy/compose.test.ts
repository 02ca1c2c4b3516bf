import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { DCLinter } from "dclint";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseEnv } from "../config/env.ts";
import { readCompose } from "./testing/compose.ts";

/** The secrets that have to be made before the first start; without them nothing starts. */
const SECRETS = { AUTH_SECRET: "a-secret-that-signs", POSTGRES_PASSWORD: "hunter2" };
const { services, volumes } = readCompose(SECRETS);
/** Sorting rules are ignored, because entries that belong together are kept together here. */
const TASTE = /-order$/;

it("is what the Compose specification says", () => {
  const specification = join(
    dirname(createRequire(import.meta.url).resolve("dclint/package.json")),
    "schemas",
    "compose.schema.json",
  );
  const { $schema: _, ...schema } = JSON.parse(readFileSync(specification, "utf8")) as { $schema: string };
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  // Compose's own formats: it also accepts a duration or a number as text.
  ajv.addFormat("duration", true);
  const validate = ajv.compile(schema);
  expect(
    validate(parse(readFileSync("compose.yaml", "utf8"), { merge: true })) ? [] : validate.errors,
  ).toEqual([]);
});

it("passes the linter", () => {
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
  const found = linter.lintFiles(["compose.yaml"], false).flatMap(({ messages }) => messages);
  expect(found.filter(({ rule }) => !TASTE.test(rule))).toEqual([]);
});

it("is two web processes and two workers on one PostgreSQL, or one container", () => {
  const ours = Object.entries(services).filter(([, { image }]) => image === "lockstep");
  expect(
    Object.fromEntries(
      ours.map(([name, { environment, deploy, profiles }]) => [
        name,
        [environment["ROLE"], deploy?.replicas ?? 1, profiles],
      ]),
    ),
  ).toEqual({ web: ["web", 2, []], worker: ["worker", 2, []], single: ["all", 1, ["single"]] });
  for (const [name, service] of ours) {
    expect(() => parseEnv(service.environment), name).not.toThrow();
    expect(service, name).toMatchObject({ read_only: true, cap_drop: ["ALL"], stop_grace_period: "30s" });
    if (name !== "web")
      expect(
        service.volumes.map((volume) => volume.split(":")[1]),
        name,
      ).toEqual(["/data", "/schedule"]);
    if (name !== "single")
      expect(service.depends_on, name).toEqual({ postgres: { condition: "service_healthy" } });
  }
  const named = Object.values(services)
    .flatMap((service) => service.volumes)
    .map((volume) => volume.split(":")[0] ?? "");
  expect([...new Set(named.filter((name) => !name.startsWith(".")))].sort()).toEqual(
    Object.keys(volumes).sort(),
  );
});

it("has no secret with a known value", () => {
  expect(() => readCompose({ AUTH_SECRET: "a-secret-that-signs" })).toThrow("POSTGRES_PASSWORD is needed");
  expect(() => readCompose({ POSTGRES_PASSWORD: "hunter2" })).toThrow("AUTH_SECRET is needed");
  expect(services["web"]?.environment["DATABASE_URL"]).toContain(":hunter2@postgres:5432/");
});

it("is reached from this machine only, by one address, and its database from no other machine", () => {
  const published = Object.entries(services).flatMap(([name, { ports }]) =>
    ports.map((port) => [name, port]),
  );
  expect(published).toEqual([
    ["proxy", "127.0.0.1:8080:8080"],
    ["single", "127.0.0.1:3000:3000"],
  ]);
  const caddyfile = readFileSync("deploy/compose/Caddyfile", "utf8");
  expect(caddyfile).toMatch(/name web\n\s+port 3000\n/);
  expect(caddyfile.split("{").length).toBe(caddyfile.split("}").length);
});
