import type { SyncResult } from "./sync.ts";

export interface Row {
  operation: string;
  /** Number of tasks or clients; empty when there is nothing to count. */
  size: string;
  lockstep: string;
  baseline: string;
  /** How many times faster Lockstep is than the baseline. */
  ratioBaseline: string;
  floor: string;
  ratioFloor: string;
  target: string;
  verdict: "pass" | "SHORT" | "";
}

export function milliseconds(value: number): string {
  return value >= 100
    ? `${Math.round(value)} ms`
    : value >= 10
      ? `${value.toFixed(1)} ms`
      : `${value.toFixed(2)} ms`;
}

export function verdictOf(checks: readonly boolean[]): Row["verdict"] {
  return checks.length === 0 ? "" : checks.every(Boolean) ? "pass" : "SHORT";
}

/** The row of one operation at one size, with its targets. */
export function rowOf({ operation, size, measured }: SyncResult): Row {
  const { baseline, floor, lockstep } = measured;
  const ours = lockstep?.median ?? NaN;
  const [gain, cost] = [(baseline?.median ?? NaN) / ours, ours / (floor?.median ?? NaN)];
  const wantedGain = operation.timesBaseline?.[size];
  const wantedCost = operation.floorAt?.includes(size) === false ? undefined : operation.timesFloor;
  const checks: boolean[] = [];
  const targets: string[] = [];
  if (wantedGain !== undefined && baseline) {
    checks.push(gain >= wantedGain);
    targets.push(`${wantedGain}x quicker than the baseline`);
  }
  if (wantedCost !== undefined && floor) {
    checks.push(cost <= wantedCost);
    targets.push(`at most ${wantedCost}x the floor`);
  }
  return {
    operation: operation.name,
    size: size.toLocaleString("en"),
    lockstep: lockstep ? milliseconds(ours) : "",
    baseline: baseline ? milliseconds(baseline.median) : "",
    ratioBaseline: baseline ? `${gain >= 10 ? Math.round(gain) : gain.toFixed(1)}x` : "",
    floor: floor ? milliseconds(floor.median) : "",
    ratioFloor: floor ? `${cost.toFixed(1)}x` : "",
    target: targets.join("; "),
    verdict: verdictOf(checks),
  };
}

/** A comparison across sizes: the time of a run without changes must not grow with the file. */
export function growthRow(results: readonly SyncResult[]): Row[] {
  const idle = results.filter(({ operation }) => operation.name === "run with nothing changed");
  const at = (size: number) => idle.find((result) => result.size === size)?.measured.lockstep?.median;
  const [small, large] = [at(100), at(100_000)];
  if (small === undefined || large === undefined) return [];
  const row = scalarRow("nothing changed: 100 000 tasks against 100", "", `${(large / small).toFixed(1)}x`);
  return [{ ...row, target: "at most 3x", verdict: verdictOf([large <= 3 * small]) }];
}

export function scalarRow(operation: string, size: string, lockstep: string): Row {
  return {
    operation,
    size,
    lockstep,
    baseline: "",
    ratioBaseline: "",
    floor: "",
    ratioFloor: "",
    target: "",
    verdict: "",
  };
}

const HEADER: Row = {
  operation: "operation",
  size: "tasks",
  lockstep: "Lockstep",
  baseline: "baseline",
  ratioBaseline: "quicker by",
  floor: "floor",
  ratioFloor: "of the floor",
  target: "target",
  verdict: "" as const,
};

/** A Markdown table that is also readable in a terminal. */
export function markdown(rows: readonly Row[]): string {
  const columns = Object.keys(HEADER) as (keyof Row)[];
  const width = (column: keyof Row) => Math.max(3, ...[HEADER, ...rows].map((row) => row[column].length));
  const line = (cell: (column: keyof Row) => string) => `| ${columns.map(cell).join(" | ")} |`;
  const text = (row: Row) => line((column) => row[column].padEnd(width(column)));
  return [text(HEADER), line((column) => "-".repeat(width(column))), ...rows.map(text)].join("\n");
}
