import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { playwrightCounts, vitestCounts } from "./test-counts.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-counts-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe("the counts of the last line", () => {
  it("counts a test file that could not be loaded as a failure", () => {
    const file = report({
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        { status: "passed", assertionResults: [{}, {}] },
        { status: "failed", assertionResults: [{}, {}] },
        { status: "failed", assertionResults: [] },
      ],
    });
    expect(vitestCounts(file)).toEqual({ passed: 3, failed: 2 });
  });

  it("counts a browser test that passed on a second try as passed", () => {
    const file = report({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(playwrightCounts(file)).toEqual({ passed: 5, failed: 1 });
  });

  it("counts nothing where a step did not run", () => {
    expect(vitestCounts(join(folder, "none.json"))).toEqual({ passed: 0, failed: 0 });
    expect(playwrightCounts(join(folder, "none.json"))).toEqual({ passed: 0, failed: 0 });
  });
});
