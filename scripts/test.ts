// `npm test`: every check and every test, stopping at the first step that fails. The last line is `N passed, N failed`.
// `npm test -- <name>...`: only the vitest files and the browser specs whose path contains one of the names,
// and none of the checks. The last line is the same.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser.ts";
import { runStep, type Step, stopSteps } from "./run-step.ts";
import { playwrightCounts, vitestCounts } from "./test-counts.ts";
import {
  audit,
  browser,
  build,
  client,
  format,
  imports,
  lint,
  schema,
  types,
  unit,
  unused,
} from "./test-steps.ts";

const names = process.argv.slice(2);
const reports = mkdtempSync(join(tmpdir(), "lockstep-reports-"));
const pureReport = join(reports, "pure.json");
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");

async function runAll(): Promise<boolean> {
  if (!(await runStep(client, true))) return false;
  // Two cores: one lane for each. The tests without PostgreSQL compute all the time, and take about as long as the build.
  // A browser that has to be fetched first waits for the network.
  const [chromium, ...lanes] = await Promise.all([
    findBrowser(),
    inOrder([format, types, imports, unused, build]),
    inOrder([lint, schema, audit, unit(pureReport, "pure")]),
  ]);
  if (lanes.includes(false)) return false;
  if (!(await runStep(unit(vitestReport, "postgres"), true))) return false;
  return runBrowserTests(chromium);
}

/** The tests whose path contains one of the names. False when there are none. */
async function runNamed(): Promise<boolean> {
  if (!(await runStep(client, true))) return false;
  const specs = readdirSync("e2e")
    .filter((file) => file.endsWith(".spec.ts"))
    .map((file) => `e2e/${file}`)
    .filter((path) => names.some((name) => path.includes(name)));
  if (!(await runStep(unit(vitestReport, undefined, names), true))) return false;
  if (specs.length > 0) return (await runStep(build, false)) && runBrowserTests(await findBrowser(), specs);
  if (vitestCounts(vitestReport).passed > 0) return true;
  console.error(`No path of a test contains ${names.join(" or ")}.`);
  return false;
}

async function inOrder(steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) if (!(await runStep(step, false))) return false;
  return true;
}

/** All browser specs, or the given ones. */
function runBrowserTests(chromium: string, files: readonly string[] = []): Promise<boolean> {
  return runStep(browser({ files, chromium, report: playwrightReport }), true);
}

function counts(): { passed: number; failed: number } {
  const all = [vitestCounts(pureReport), vitestCounts(vitestReport), playwrightCounts(playwrightReport)];
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  };
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopSteps(signal));

const started = performance.now();
const ok = await (names.length > 0 ? runNamed() : runAll()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  stopSteps("SIGTERM");
  return false;
});
const { passed, failed } = counts();
rmSync(reports, { recursive: true, force: true });
console.log(
  `\n${ok ? "All steps succeeded" : "A step FAILED"} in ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
console.log(`${passed} passed, ${failed} failed`);
process.exit(ok ? 0 : 1);
