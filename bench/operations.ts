import { readFile, writeFile } from "node:fs/promises";
import type { Contender } from "./contender.ts";
import { Lockstep } from "./lockstep.ts";
import type { Repetition } from "./measure.ts";
import { retriesOf, withRetries } from "./schedule.ts";

export interface Operation {
  name: string;
  /** The contenders that can do this operation. */
  by: readonly Contender["name"][];
  /** Target: at least this many times faster than the baseline, by number of tasks. */
  timesBaseline?: Readonly<Record<number, number>>;
  /** Target: at most this many times slower than the floor, at the sizes above. */
  timesFloor?: number;
  floorAt?: readonly number[];
  /** True when it costs about as much as reading the whole file. */
  heavy?: boolean;
  of(contender: Contender, text: string, size: number): Repetition;
}

const ALL = ["baseline", "floor", "lockstep"] as const;
const SYNCS = ["baseline", "lockstep"] as const;

export const OPERATIONS: readonly Operation[] = [
  { name: "file read, cold", by: ALL, heavy: true, of: (contender) => ({ run: () => contender.read() }) },
  { name: "file write, one field changed", by: ALL, of: fileWrite },
  { name: "first import", by: SYNCS, heavy: true, timesBaseline: { 10_000: 5 }, of: firstImport },
  {
    name: "run with nothing changed",
    by: ALL,
    timesBaseline: { 1_000: 100, 10_000: 1_000 },
    timesFloor: 5,
    of: nothing,
  },
  {
    name: "one task changed in the file",
    by: ALL,
    timesBaseline: { 1_000: 30, 10_000: 150 },
    timesFloor: 3,
    floorAt: [10_000],
    of: oneInFile,
  },
  {
    name: "one task changed in the database",
    by: ALL,
    timesBaseline: { 1_000: 30, 10_000: 200 },
    timesFloor: 3,
    floorAt: [10_000],
    of: oneInDatabase,
  },
  { name: "all tasks changed in the file", by: SYNCS, heavy: true, of: allInFile },
  { name: "10 % changed on both sides (conflicts)", by: SYNCS, heavy: true, of: conflicts },
];

let counter = 1_000;

function fileWrite(contender: Contender, _text: string, size: number): Repetition {
  let write: () => Promise<void>;
  let [id, value] = [0, 0];
  return {
    async before() {
      [id, value] = next(size);
      write = await contender.writer(id, value);
    },
    run: () => write(),
    after: async () => expectSame(retriesOf(await readFile(contender.path, "utf8"), id), value, contender),
  };
}

function firstImport(contender: Contender, text: string, size: number): Repetition {
  return {
    async before() {
      await contender.empty(text);
      await contender.prepare();
    },
    run: () => contender.run(),
    after: async () => expectSame(await contender.rowRetries(size), retriesOf(text, size), contender),
  };
}

function nothing(contender: Contender): Repetition {
  return { before: () => contender.prepare(), run: () => contender.run() };
}

function oneInFile(contender: Contender, _text: string, size: number): Repetition {
  let [id, value] = [0, 0];
  return {
    async before() {
      [id, value] = next(size);
      await editFile(contender, [id], value);
      await contender.prepare();
    },
    run: () => contender.run(),
    after: async () => expectSame(await contender.rowRetries(id), value, contender),
  };
}

function oneInDatabase(contender: Contender, _text: string, size: number): Repetition {
  let [id, value] = [0, 0];
  return {
    async before() {
      [id, value] = next(size);
      // Usually the file was last saved a while ago.
      if (contender instanceof Lockstep) await contender.settle();
      await contender.changeRows([id], value);
      await contender.prepare();
    },
    run: () => contender.run(),
    after: async () => expectSame(retriesOf(await readFile(contender.path, "utf8"), id), value, contender),
  };
}

function allInFile(contender: Contender, _text: string, size: number): Repetition {
  let value = 0;
  return {
    async before() {
      value = counter++;
      await editFile(contender, every(1, size), value);
      await contender.prepare();
    },
    run: () => contender.run(),
    after: async () => expectSame(await contender.rowRetries(size), value, contender),
  };
}

function conflicts(contender: Contender, text: string, size: number): Repetition {
  const ids = every(10, size);
  return {
    async before() {
      if (contender instanceof Lockstep) await contender.reset(text);
      await editFile(contender, ids, counter++);
      await contender.changeRows(ids, counter++);
      await contender.prepare();
    },
    run: () => contender.run(),
    async after() {
      if (contender instanceof Lockstep)
        expectSame(contender.last?.counts.conflicts ?? 0, ids.length, contender);
    },
  };
}

function next(size: number): [id: number, value: number] {
  const value = counter++;
  return [1 + ((value * 7919) % size), value];
}

function every(nth: number, size: number): number[] {
  return Array.from({ length: Math.floor(size / nth) }, (_, i) => (i + 1) * nth);
}

async function editFile(contender: Contender, ids: readonly number[], retries: number): Promise<void> {
  await writeFile(
    contender.path,
    withRetries(await readFile(contender.path, "utf8"), ids, retries, new Date().toISOString()),
  );
}

function expectSame(actual: number, expected: number, contender: Contender): void {
  if (actual !== expected) throw new Error(`${contender.name}: expected ${expected}, found ${actual}`);
}
