import { join } from "node:path";
import type { Step } from "./run-step.ts";

const FOLDERS = [
  ...["app", "components", "lib", "server", "config"],
  ...["scripts", "bench", "e2e", "deploy", "docs"],
];
const bin = (name: string) => join("node_modules", ".bin", name);

export const client: Step = {
  name: "Prisma client",
  program: process.execPath,
  args: ["scripts/generate-client.mjs"],
};
export const format: Step = { name: "Format", program: bin("oxfmt"), args: ["--check"] };
/** A full format needs no database and no schema engine: prisma.config.ts sees to that. */
export const schema: Step = { name: "Schema", program: bin("prisma"), args: ["format", "--check"] };
/** By the native compiler, which needs a tenth of the time. Next and the tests of the docs use the one before it as a library. */
export const types: Step = {
  name: "Types",
  program: process.execPath,
  args: ["node_modules/typescript7/bin/tsc", "--noEmit"],
};
export const imports: Step = {
  name: "Import rules",
  program: bin("depcruise"),
  args: ["--config", ".dependency-cruiser.cjs", ...FOLDERS],
};
export const unused: Step = { name: "Unused code", program: bin("knip"), args: ["--no-progress"] };
export const lint: Step = { name: "Lint", program: bin("oxlint"), args: [] };
export const audit: Step = {
  name: "Advisories",
  program: process.execPath,
  args: ["--import", "tsx", "scripts/audit.ts"],
};
export const build: Step = {
  name: "Build",
  program: process.execPath,
  args: ["scripts/build.mjs"],
};

/** A part of the vitest tests: those without or those with PostgreSQL; both when undefined. */
export type Part = "pure" | "postgres" | undefined;

/** Workers of tests that compute all the time, beside the build on two cores. */
const BESIDE_BUILD = "2";
/** Workers of tests that wait for PostgreSQL, for files and for other processes much of their time. */
const MANY_WAITING = "6";

/** The vitest tests of a part whose path contains one of the names; all of them without a name. Writes a JSON report. */
export function unit(report: string, part: Part, names: readonly string[] = []): Step {
  return {
    name: part === undefined ? "Tests" : `Tests, ${part}`,
    program: bin("vitest"),
    args: [
      ...["run", ...names, "--passWithNoTests"],
      ...(part === undefined ? [] : ["--project", part]),
      ...["--maxWorkers", part === "pure" ? BESIDE_BUILD : MANY_WAITING],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ],
  };
}

/** All browser specs, or the given ones. Writes a JSON report. */
export function browser({
  files,
  chromium,
  report,
}: {
  files: readonly string[];
  chromium: string;
  report: string;
}): Step {
  // Playwright reads a file's name as a regular expression.
  const patterns = files.map((file) => file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return {
    name: "Browser tests",
    program: bin("playwright"),
    args: ["test", ...patterns],
    env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON: report },
  };
}
