import type { Problem } from "../problem.ts";
import type { TaskKey } from "../task/task.ts";
import type { Entry } from "./entry.ts";
import type { Layout } from "./layout.ts";

/** Which item of the list holds which task. Shared between documents whose items have the same ids in the same order. */
export interface Register {
  /** Valid tasks, each with the number of its item. */
  readonly valid: ReadonlyMap<TaskKey, number>;
  readonly held: ReadonlySet<TaskKey>;
  /** Ids that stand more than once, with the numbers of their items, in order. */
  readonly duplicates: ReadonlyMap<TaskKey, readonly number[]>;
  readonly everyItemIdentified: boolean;
}

export const EMPTY_REGISTER: Register = {
  valid: new Map(),
  held: new Set(),
  duplicates: new Map(),
  everyItemIdentified: true,
};

export function register(entries: readonly Entry[]): Register {
  const registrar = new Registrar();
  for (const entry of entries) registrar.add(entry);
  return registrar.finish();
}

export class Registrar {
  private readonly valid = new Map<TaskKey, number>();
  private readonly held = new Set<TaskKey>();
  private readonly duplicates = new Map<TaskKey, number[]>();
  private readonly invalid = new Map<TaskKey, number>();
  private everyItemIdentified = true;
  private count = 0;

  add({ key, problems }: Entry): void {
    const number = this.count++;
    if (key === undefined) {
      this.everyItemIdentified = false;
      return;
    }
    const earlier = this.valid.get(key) ?? this.invalid.get(key);
    if (earlier !== undefined) {
      const numbers = this.duplicates.get(key);
      if (numbers) numbers.push(number);
      else this.duplicates.set(key, [earlier, number]);
      this.held.add(key);
    } else if (problems) {
      this.invalid.set(key, number);
      this.held.add(key);
    } else {
      this.valid.set(key, number);
    }
  }

  finish(): Register {
    // None of those that share an id can be told to be the task.
    for (const key of this.duplicates.keys()) this.valid.delete(key);
    const { valid, held, duplicates, everyItemIdentified } = this;
    return { valid, held, duplicates, everyItemIdentified };
  }
}

/** One reading of the file's text. Immutable. */
export class ScheduleDocument {
  /** Of the file as a whole; then nothing is known of its tasks, and none is to be taken for absent. */
  readonly fatal: Problem | undefined;
  private lineNumbers: number[] | undefined;
  private problemList: Problem[] | undefined;

  constructor(
    readonly text: string,
    /** How the text was read: chunk by chunk where there is a layout, else as a whole. */
    readonly parts: { fatal?: Problem; layout?: Layout; entries: readonly Entry[]; register: Register },
  ) {
    this.fatal = parts.fatal;
  }

  /** Ids named by a problem, invalid or duplicate: neither edited nor taken for deleted. */
  get held(): ReadonlySet<TaskKey> {
    return this.parts.register.held;
  }

  /** False when some item has no readable id, so that absences prove nothing. */
  get everyItemIdentified(): boolean {
    return this.parts.register.everyItemIdentified;
  }

  /** Number of valid tasks. */
  get size(): number {
    return this.parts.register.valid.size;
  }

  keys(): IterableIterator<TaskKey> {
    return this.parts.register.valid.keys();
  }

  has(key: TaskKey): boolean {
    return this.parts.register.valid.has(key);
  }

  /** Changes exactly when reconciling could see a difference: content, or which keys stand in the file. */
  fingerprintOf(key: TaskKey): string | undefined {
    const number = this.parts.register.valid.get(key);
    return number === undefined ? undefined : this.parts.entries[number]?.fingerprint;
  }

  /** Problems of single tasks, in the order of the file; the fatal one is not among them. */
  get problems(): Problem[] {
    this.problemList ??= this.listProblems();
    return this.problemList;
  }

  /** 1-based line on which the chunk of item `number` begins. */
  chunkLine(number: number): number {
    this.lineNumbers ??= this.countLines();
    return this.lineNumbers[number] ?? 1;
  }

  private countLines(): number[] {
    const { layout, entries } = this.parts;
    let line = 1;
    const head = this.text.slice(0, layout?.starts[0] ?? 0);
    for (let feed = head.indexOf("\n"); feed !== -1; feed = head.indexOf("\n", feed + 1)) line += 1;
    return entries.map(({ lines }) => {
      const first = line;
      line += lines;
      return first;
    });
  }

  private listProblems(): Problem[] {
    const { entries, layout, register } = this.parts;
    // Whoever has a problem is held, or cannot be told.
    if (register.held.size === 0 && register.everyItemIdentified) return [];
    const shift = (number: number) => (layout ? this.chunkLine(number) - 1 : 0);
    const list: { number: number; problem: Problem }[] = [];
    entries.forEach(({ problems }, number) => {
      for (const problem of problems ?? []) {
        list.push({ number, problem: { ...problem, line: (problem.line ?? 1) + shift(number) } });
      }
    });
    for (const [key, numbers] of register.duplicates) {
      const [first = 0, ...later] = numbers;
      for (const number of later) {
        const message = `the id ${key} stands already in line ${this.itemPosition(first).line}`;
        list.push({
          number,
          problem: { code: "duplicate_id", message, ...this.itemPosition(number), task_id: key },
        });
      }
    }
    return list.sort((a, b) => a.number - b.number).map(({ problem }) => problem);
  }

  /** Where the item's first key stands, or about there: the dash and the first word behind it. */
  private itemPosition(number: number): { line: number; column: number } {
    const { layout, entries } = this.parts;
    const whole = entries[number]?.whole;
    if (whole) return { line: whole.line, column: whole.column };
    const start = layout?.starts[number] ?? 0;
    const gap = /^[ ]*-(?:[ \t]|\r?\n|#[^\n]*\n)*/.exec(this.text.slice(start, start + 2000))?.[0] ?? "";
    const feeds = gap.split("\n");
    return { line: this.chunkLine(number) + feeds.length - 1, column: (feeds.at(-1)?.length ?? 0) + 1 };
  }
}
