import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Baseline } from "./baseline.ts";
import { type Cluster, withoutTriggers } from "./cluster.ts";
import type { Contender } from "./contender.ts";
import { Floor } from "./floor.ts";
import { Lockstep } from "./lockstep.ts";
import { measure, type Measured } from "./measure.ts";
import { type Operation, OPERATIONS } from "./operations.ts";
import { generateSchedule } from "./schedule.ts";

export interface SyncResult {
  operation: Operation;
  size: number;
  measured: Partial<Record<Contender["name"], Measured>>;
}

export interface SyncOptions {
  sizes: readonly number[];
  /** Part of an operation's or a contender's name. */
  only: RegExp;
  quick: boolean;
  log(line: string): void;
}

/** The baseline needs minutes beyond this. */
const BASELINE_MAX = 10_000;

/** Every operation at every size, by all who do it, on one PostgreSQL and one disk. */
export async function benchSync(cluster: Cluster, options: SyncOptions): Promise<SyncResult[]> {
  const results: SyncResult[] = [];
  for (const size of options.sizes) {
    const text = generateSchedule(size);
    options.log(`${size} tasks, ${Math.round(Buffer.byteLength(text) / size)} bytes a task`);
    const wanted = OPERATIONS.filter((operation) => options.only.test(operation.name));
    const found = wanted.map((operation): SyncResult => ({ operation, size, measured: {} }));
    for (const contender of await contenders(cluster, size)) {
      try {
        for (const result of found) await benchOperation(contender, result, text, options);
      } finally {
        await contender.close();
      }
    }
    results.push(...found);
  }
  return results;
}

async function benchOperation(contender: Contender, { operation, size, measured }: SyncResult, text: string, { quick, log }: SyncOptions): Promise<void> {
  if (!operation.by.includes(contender.name)) return;
  await contender.seed(text);
  const took = await measure(operation.of(contender, text, size), repetitionsOf(contender, operation, size, quick));
  measured[contender.name] = took;
  log(`  ${contender.name} ${operation.name}: ${took.median.toFixed(2)} ms (${took.min.toFixed(2)} to ${took.max.toFixed(2)})`);
}

async function contenders(cluster: Cluster, size: number): Promise<Contender[]> {
  const folder = async (name: string) => {
    const path = join(cluster.folder, `${name}-${size}`);
    await mkdir(path, { recursive: true });
    return join(path, "schedule.yml");
  };
  const baseline = size <= BASELINE_MAX ? [new Baseline(await withoutTriggers(await cluster.createDatabase()), await folder("baseline"))] : [];
  return [
    ...baseline,
    new Floor(await withoutTriggers(await cluster.createDatabase()), await folder("floor")),
    new Lockstep(await cluster.createDatabase(), await folder("lockstep")),
  ];
}

function repetitionsOf({ name }: Contender, { heavy = false }: Operation, size: number, quick: boolean): number {
  if (name === "baseline") return size >= 10_000 ? 1 : size >= 1_000 ? 3 : 7;
  const many = heavy ? (size >= 100_000 ? 1 : size >= 10_000 ? 3 : 9) : size >= 100_000 ? 7 : 25;
  return quick ? Math.min(many, 9) : many;
}
