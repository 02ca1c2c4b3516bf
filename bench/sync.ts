import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Baseline } from "./baseline.ts";
import { type Cluster, withoutTriggers } from "./cluster.ts";
import type { Contender } from "./contender.ts";
import { Floor } from "./floor.ts";
import { Lockstep } from "./lockstep.ts";
import { collectGarbage, type Measured, measureInTurns } from "./measure.ts";
import { type Operation, OPERATIONS } from "./operations.ts";
import { generateSchedule } from "./schedule.ts";

export interface SyncResult {
  operation: Operation;
  size: number;
  measured: Partial<Record<Contender["name"], Measured>>;
}

export interface SyncOptions {
  sizes: readonly number[];
  /** Matches a part of an operation's or contender's name. */
  only: RegExp;
  quick: boolean;
  log(line: string): void;
}

/** Above this number of tasks the baseline needs minutes. */
const BASELINE_MAX = 10_000;

/**
 * Measures every operation at every size with all contenders that can do it, on one PostgreSQL and one disk.
 */
export async function benchSync(cluster: Cluster, options: SyncOptions): Promise<SyncResult[]> {
  const results: SyncResult[] = [];
  for (const size of options.sizes) {
    const text = generateSchedule(size);
    options.log(`${size} tasks, ${Math.round(Buffer.byteLength(text) / size)} bytes a task`);
    const wanted = OPERATIONS.filter((operation) => options.only.test(operation.name));
    const all = await contenders(cluster, size);
    try {
      for (const operation of wanted) results.push(await benchOperation(operation, all, text, size, options));
    } finally {
      for (const contender of all) await contender.close();
    }
  }
  return results;
}

async function benchOperation(
  operation: Operation,
  all: readonly Contender[],
  text: string,
  size: number,
  { quick, log }: SyncOptions,
): Promise<SyncResult> {
  const result: SyncResult = { operation, size, measured: {} };
  const taking = all.filter(({ name }) => operation.by.includes(name));
  // The floor and Lockstep take turns. The baseline runs before them, because its garbage in memory would
  // otherwise be collected during their turns.
  for (const group of [
    taking.filter(({ name }) => name === "baseline"),
    taking.filter(({ name }) => name !== "baseline"),
  ]) {
    for (const contender of group) await contender.seed(text);
    const turns = group.map((contender) => ({
      repetition: operation.of(contender, text, size),
      repetitions: repetitionsOf(contender, operation, size, quick),
    }));
    collectGarbage();
    const measured = await measureInTurns(turns);
    for (const [i, took] of measured.entries()) {
      const name = group[i]?.name;
      if (!name) continue;
      result.measured[name] = took;
      log(
        `  ${operation.name}, ${name}: ${took.median.toFixed(2)} ms (${took.min.toFixed(2)} to ` +
          `${took.max.toFixed(2)})`,
      );
    }
  }
  return result;
}

async function contenders(cluster: Cluster, size: number): Promise<Contender[]> {
  const folder = async (name: string) => {
    const path = join(cluster.folder, `${name}-${size}`);
    await mkdir(path, { recursive: true });
    return join(path, "schedule.yml");
  };
  const baseline =
    size <= BASELINE_MAX
      ? [new Baseline(await withoutTriggers(await cluster.createDatabase()), await folder("baseline"))]
      : [];
  return [
    ...baseline,
    new Floor(await withoutTriggers(await cluster.createDatabase()), await folder("floor")),
    new Lockstep(await cluster.createDatabase(), await folder("lockstep")),
  ];
}

function repetitionsOf(
  { name }: Contender,
  { heavy = false }: Operation,
  size: number,
  quick: boolean,
): number {
  if (name === "baseline") return size >= 10_000 ? 1 : size >= 1_000 ? 3 : 7;
  const many = heavy ? (size >= 100_000 ? 1 : size >= 10_000 ? 3 : 9) : size >= 100_000 ? 7 : 25;
  return quick ? Math.min(many, 9) : many;
}
