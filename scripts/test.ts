// `npm test`: every check and every test, stopping at the first step that fails. The last line is `N passed, N failed`.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildIsStale, markBuilt } from "./build-stamp.ts";
import { findBrowser } from "./browser.ts";
import { runStep, type Step, stopSteps } from "./run-step.ts";
import { playwrightCounts, vitestCounts } from "./test-counts.ts";

const reports = mkdtempSync(join(tmpdir(), "lockstep-reports-"));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");
const bin = (name: string) => join("node_modules", ".bin", name);
const folders = [
  "app",
  "components",
  "lib",
  "server",
  "config",
  "scripts",
  "bench",
  "e2e",
  "deploy",
  "docs",
].filter((name) => existsSync(name));

const client: Step = {
  name: "Prisma client",
  program: process.execPath,
  args: ["scripts/generate-client.mjs"],
};
const types: Step = { name: "Types", program: bin("tsc"), args: ["--noEmit"] };
const lint: Step = {
  name: "Lint",
  program: bin("eslint"),
  args: [
    ".",
    "--max-warnings",
    "0",
    "--cache",
    "--cache-location",
    "node_modules/.cache/eslint/",
    "--cache-strategy",
    "content",
  ],
};
const imports: Step = {
  name: "Import rules",
  program: bin("depcruise"),
  args: ["--config", ".dependency-cruiser.cjs", ...folders],
};
const audit: Step = {
  name: "Advisories",
  program: process.execPath,
  args: ["--import", "tsx", "scripts/audit.ts"],
};
const unit: Step = {
  name: "Tests",
  program: bin("vitest"),
  args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
};
const build: Step = {
  name: "Build",
  program: bin("next"),
  args: ["build"],
  env: { NEXT_TELEMETRY_DISABLED: "1" },
};

async function runAll(): Promise<boolean> {
  if (!(await runStep(client, true))) return false;
  // Two cores: the two slow checks side by side, everything that measures or times out on its own.
  const checks = await Promise.all([
    runStep(types, false).then((ok) => ok && runStep(imports, false)),
    runStep(lint, false).then((ok) => ok && runStep(audit, false)),
  ]);
  if (checks.includes(false)) return false;
  if (!(await runStep(unit, true))) return false;
  if (existsSync("app") && readdirSync("app").length > 0 && buildIsStale()) {
    if (!(await runStep(build, false))) return false;
    markBuilt();
  }
  return runBrowserTests();
}

async function runBrowserTests(): Promise<boolean> {
  if (
    !existsSync("e2e") ||
    !readdirSync("e2e", { recursive: true }).some((name) => String(name).endsWith(".spec.ts"))
  ) {
    return true;
  }
  const browser = await findBrowser();
  return runStep(
    {
      name: "Browser tests",
      program: bin("playwright"),
      args: ["test"],
      env: { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON: playwrightReport },
    },
    true,
  );
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopSteps(signal));

const started = performance.now();
const ok = await runAll().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return false;
});
const vitest = vitestCounts(vitestReport);
const playwright = playwrightCounts(playwrightReport);
rmSync(reports, { recursive: true, force: true });
console.log(
  `\n${ok ? "All steps succeeded" : "A step FAILED"} in ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
console.log(`${vitest.passed + playwright.passed} passed, ${vitest.failed + playwright.failed} failed`);
process.exit(ok ? 0 : 1);
