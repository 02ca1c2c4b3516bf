import type { Problem } from "../problem.ts";
import type { TaskKey } from "../task/task.ts";
import type { Entry } from "./entry.ts";
import type { Layout } from "./layout.ts";
import { validationFailure } from "./validation-failure.ts";

/**
 * Which item of the list holds which task. Documents whose items have the same ids in the same order share
 * it.
 */
export interface TaskIndex {
  /** Valid tasks, each with the number of its item. */
  readonly valid: ReadonlyMap<TaskKey, number>;
  /** Ids of tasks that are invalid or occur twice. */
  readonly held: ReadonlySet<TaskKey>;
  /** Ids that occur more than once, with the numbers of their items in order. */
  readonly duplicates: ReadonlyMap<TaskKey, readonly number[]>;
  /** False when an item has no readable id, or one that another item has too. */
  readonly everyItemIdentified: boolean;
}

export const EMPTY_INDEX: TaskIndex = {
  valid: new Map(),
  held: new Set(),
  duplicates: new Map(),
  everyItemIdentified: true,
};

export function indexTasks(entries: readonly Entry[]): TaskIndex {
  const registrar = new TaskIndexBuilder();
  for (const entry of entries) registrar.add(entry);
  return registrar.finish();
}

export class TaskIndexBuilder {
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

  finish(): TaskIndex {
    // When several items share an id, it is not known which of them is the task.
    for (const key of this.duplicates.keys()) this.valid.delete(key);
    const { valid, held, duplicates } = this;
    const everyItemIdentified = this.everyItemIdentified && duplicates.size === 0;
    return { valid, held, duplicates, everyItemIdentified };
  }
}

/** One reading of the file's text. Immutable. */
export class ScheduleDocument {
  /**
   * Why the whole file cannot be read. Nothing is known of its tasks then, so that none may count as deleted.
   */
  readonly fatal: Problem | undefined;
  private lineNumbers: number[] | undefined;
  private problemList: Problem[] | undefined;

  constructor(
    readonly text: string,
    /** What was read: item by item when there is a layout, otherwise in one piece. */
    readonly parts: { fatal?: Problem; layout?: Layout; entries: readonly Entry[]; index: TaskIndex },
  ) {
    this.fatal = parts.fatal && validationFailure(parts.fatal);
  }

  /** Ids of tasks that are invalid or occur twice. They are neither edited nor counted as deleted. */
  get held(): ReadonlySet<TaskKey> {
    return this.parts.index.held;
  }

  /**
   * False when an item has no readable id, or one that another item has too: a task that is not found may be that item.
   */
  get everyItemIdentified(): boolean {
    return this.parts.index.everyItemIdentified;
  }

  /** Number of valid tasks. */
  get size(): number {
    return this.parts.index.valid.size;
  }

  keys(): IterableIterator<TaskKey> {
    return this.parts.index.valid.keys();
  }

  has(key: TaskKey): boolean {
    return this.parts.index.valid.has(key);
  }

  /** Changes exactly when reconcile could see a difference: the content, or which keys are in the file. */
  fingerprintOf(key: TaskKey): string | undefined {
    const number = this.parts.index.valid.get(key);
    return number === undefined ? undefined : this.parts.entries[number]?.fingerprint;
  }

  /** Problems of single tasks in the order of the file, without `fatal`. */
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
    const { entries, layout, index } = this.parts;
    // Every item with a problem is either held or has no id of its own.
    if (index.held.size === 0 && index.everyItemIdentified) return [];
    const shift = (number: number) => (layout ? this.chunkLine(number) - 1 : 0);
    const list: { number: number; problem: Problem }[] = [];
    entries.forEach(({ problems }, number) => {
      for (const problem of problems ?? []) {
        list.push({ number, problem: { ...problem, line: (problem.line ?? 1) + shift(number) } });
      }
    });
    for (const [key, numbers] of index.duplicates) {
      const [first = 0, ...later] = numbers;
      for (const number of later) {
        const message = `id ${key} is already used on line ${this.itemPosition(first).line}`;
        list.push({
          number,
          problem: { code: "duplicate_id", message, ...this.itemPosition(number), task_id: key },
        });
      }
    }
    return list.sort((a, b) => a.number - b.number).map(({ problem }) => problem);
  }

  /** Where the item's first key is. In a text read item by item this is the first word after the dash. */
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
