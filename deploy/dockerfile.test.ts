import { existsSync, readFileSync } from "node:fs";
import { run } from "dockerfilelint";
import { expect, it } from "vitest";
import {
  all,
  commandOf,
  copiesOf,
  environmentOf,
  healthCommandOf,
  readStages,
} from "./testing/dockerfile.ts";

const stages = readStages();
const last = stages.at(-1) ?? { from: "", name: undefined, instructions: [] };

it("passes the linter", () => {
  const found = run(".", readFileSync("Dockerfile", "utf8"));
  // The linter is older than HEALTHCHECK's --start-period.
  expect(
    found.filter(
      ({ line }) => !readFileSync("Dockerfile", "utf8").split("\n")[line - 1]?.startsWith("HEALTHCHECK"),
    ),
  ).toEqual([]);
});

it("keeps build-only things in their own stage, and runs as a user without rights", () => {
  expect(stages).toHaveLength(2);
  const places = stages.flatMap((stage) => stage.instructions.map(({ name }) => name));
  expect(places.lastIndexOf("USER")).toBeGreaterThan(places.lastIndexOf("COPY"));
  expect(all(last, "USER")).toEqual(["node"]);
  expect(all(last, "RUN").join()).not.toMatch(/npm|apt|curl/);
  expect(last.from).toMatch(/^node:\d+-bookworm-slim$/);
});

it("copies only files that exist and that the build's context lets in", () => {
  const ignore = readFileSync(".dockerignore", "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(ignore[0]).toBe("*");
  const letIn = ignore.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  for (const { from, sources } of stages.flatMap(copiesOf)) {
    for (const source of sources.filter((path) => path !== ".")) {
      const path = source.replace(/^\/app\/|^\.\//, "");
      if (from === undefined) expect(letIn, path).toContain(path.split("/")[0]);
      if (![".next", "dist", "node_modules"].includes(path)) expect(existsSync(path), path).toBe(true);
    }
  }
  for (const secret of ["data", ".env", ".git", "e2e"]) expect(letIn).not.toContain(secret);
});

it("has a command in exec form (so that signals reach it), a health check, and its volumes", () => {
  expect(commandOf(last)).toEqual(["node", "dist/server/main.mjs"]);
  expect(healthCommandOf(last)).toBe("node scripts/healthcheck.mjs");
  const env = environmentOf(last);
  expect(env).toMatchObject({ NODE_ENV: "production", HOST: "0.0.0.0" });
  const volumes = JSON.parse(all(last, "VOLUME")[0] ?? "[]") as string[];
  expect(volumes).toContain(env["DATA_DIR"]);
  expect(volumes.some((volume) => env["SCHEDULE_FILE"]?.startsWith(`${volume}/`))).toBe(true);
  expect(all(last, "EXPOSE")).toEqual([env["PORT"]]);
});

it("carries the folders that the `lockstep` command imports, which is not compiled", () => {
  const carried = copiesOf(last).flatMap(({ sources }) => sources.map((path) => path.replace("/app/", "")));
  const imported = ["scripts/lockstep.mjs", "scripts/validate.ts"].flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/from "\.\.\/(\w+)\//g)].map(([, folder]) => folder),
  );
  expect(imported).toContain("server");
  expect(carried).toEqual(expect.arrayContaining(imported));
});
