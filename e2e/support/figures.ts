import { writeFileSync } from "node:fs";
import { test } from "@playwright/test";

export interface Figure {
  what: string;
  measured: string;
  target: string;
}

/** The median of measured times, in words. */
export function medianOf(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return `${middle.toFixed(0)} ms (at most ${(sorted.at(-1) ?? NaN).toFixed(0)} ms of ${sorted.length})`;
}

/** Prints the measured figures as a table, keeps it in the report, and writes it to the file named by RESULTS_FILE. */
export function report(figures: readonly Figure[]): void {
  const rows = [{ what: "in the browser", measured: "measured", target: "target" }, ...figures];
  const width = (name: keyof Figure) => Math.max(...rows.map((row) => row[name].length));
  const line = (row: Figure) =>
    `| ${row.what.padEnd(width("what"))} | ${row.measured.padEnd(width("measured"))} | ${row.target.padEnd(width("target"))} |`;
  const [head, ...rest] = rows.map(line);
  const rule = `| ${"-".repeat(width("what"))} | ${"-".repeat(width("measured"))} | ${"-".repeat(width("target"))} |`;
  const table = [head, rule, ...rest].join("\n");
  console.log(`\n${table}\n`);
  for (const { what, measured } of figures)
    test.info().annotations.push({ type: what, description: measured });
  const file = process.env["RESULTS_FILE"];
  if (file !== undefined)
    writeFileSync(
      file,
      `# The interface, measured\n\nWritten by \`RESULTS_FILE=bench/INTERFACE.md npx playwright test e2e/speed.spec.ts\`, in the browser against the real product.\n\n${table}\n`,
    );
}
