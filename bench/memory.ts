import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cluster } from "./cluster.ts";
import { generateSchedule } from "./schedule.ts";
import { type Row, scalarRow, verdictOf } from "./table.ts";

const MB = 1024 * 1024;
const LIMIT_MB = 400;

/** Measures the peak memory of a first import, beyond the memory of the process before it. */
export async function benchMemory(cluster: Cluster, size: number): Promise<Row[]> {
  const folder = join(cluster.folder, `memory-${size}`);
  await mkdir(folder);
  const large = join(folder, "large.yml");
  await writeFile(large, generateSchedule(size));
  const arguments_ = [await cluster.createDatabase(), join(folder, "schedule.yml"), large];
  const child = fork(fileURLToPath(new URL("./memory-import.ts", import.meta.url)), arguments_, {
    execArgv: ["--import", "tsx"],
  });
  const [{ before, peak, created }] = (await once(child, "message")) as [
    { before: number; peak: number; created: number },
  ];
  if (created !== size) throw new Error(`${created} tasks were imported instead of ${size}`);
  const extra = (peak - before) / MB;
  const row = scalarRow(
    "extra memory of a first import, at its peak",
    size.toLocaleString("en"),
    `${Math.round(extra)} MB`,
  );
  return [
    size === 100_000
      ? { ...row, target: `under ${LIMIT_MB} MB`, verdict: verdictOf([extra < LIMIT_MB]) }
      : row,
  ];
}
