import type { Choice, FieldChoice, Ownership, Side } from "../../lib/sync/types.ts";
import { ABSENT, type Display, GONE, type Leaf, LEAVES, type Value, valueIn } from "./leaves.ts";
import { Told } from "./told.ts";
import { LeafVersions, type Version } from "./versions.ts";

export const SIDES = ["file", "database"] as const;

/** What both sides showed at one moment. */
export type Moment = Record<Side, Display>;

/** How a person, or the policy, decided a conflict. */
export interface Decision {
  choice: Choice;
  fields: Record<string, FieldChoice>;
}

/**
 * What a careful witness knows of a source: who gave which value on which side, having seen what. It knows
 * nothing of ancestors, plans or revisions, and shares no code with the engine.
 */
export class Model {
  private readonly tasks = new Map<string, Map<Leaf, LeafVersions>>();
  moment: Moment = { file: new Map(), database: new Map() };
  /** What the history has to tell. */
  readonly told = new Told();

  constructor(readonly ownership: Ownership) {}

  names(): string[] {
    return [...this.tasks.keys()];
  }

  of(task: string): ReadonlyMap<Leaf, LeafVersions> {
    const known = this.tasks.get(task);
    if (known) return known;
    const leaves = new Map(LEAVES.map((leaf) => [leaf, new LeafVersions(leaf)]));
    this.tasks.set(task, leaves);
    return leaves;
  }

  /** A person has changed the side to this. */
  edited(side: Side, now: Display): void {
    this.eachDifference(side, now, (versions, value) => versions.edit(side, value, this.ownership));
    this.moment = { ...this.moment, [side]: now };
  }

  /**
   * The file says what it said before, and its author has not seen what the database has changed since.
   * @returns the values that this has taken out of the file unseen.
   */
  wentBack(now: Display): Version[] {
    const unseen: Version[] = [];
    this.eachDifference("file", now, (versions, value) => {
      const before = versions.shown.file;
      versions.edit("file", value, this.ownership, true);
      if (!before.replaced) unseen.push(before);
    });
    this.moment = { ...this.moment, file: now };
    return unseen;
  }

  /** The file's own text says this, also in fields in which it is left behind. */
  fileSays(text: Display): void {
    for (const [task, leaves] of text)
      for (const [leaf, versions] of this.of(task)) versions.fileSays(leaves.get(leaf) ?? GONE);
  }

  /**
   * Lockstep has changed a side, or both.
   * @returns findings: values that no person ever wrote.
   */
  written(now: Moment): string[] {
    const invented: string[] = [];
    for (const side of SIDES) {
      this.eachDifference(side, now[side], (versions, value, task) => {
        // A tick that met a deletion goes with the task (SPEC, 7).
        if (versions.leaf === "status" && value === GONE) versions.forgetTicks();
        const from = versions.shown[side].value;
        // The owner of a field has spoken for both sides.
        const owner = this.ownership[versions.leaf];
        const isOverruled = owner !== undefined && owner !== side && versions.shown[owner].value === value;
        if (isOverruled && value !== GONE && from !== GONE) versions.shown[side].replaced = true;
        const isKnown = versions.written(side, value);
        const author = versions.shown[side].side;
        // What the database owns may stand in the file as people left it there (SPEC, 16).
        const isLeftBehind = side === "file" && this.ownership[versions.leaf] === "database";
        if (!isLeftBehind) this.told.wrote({ side, task, leaf: versions.leaf, from, to: value, author });
        if (!isKnown && this.ownership[versions.leaf] !== "database")
          invented.push(`the ${side} says ${versions.leaf} of ${task} is ${value}, which nobody wrote`);
      });
    }
    this.moment = now;
    return invented;
  }

  /** What both sides agreed on last, by task and leaf. */
  agreed(): Map<string, Value> {
    return new Map(
      [...this.tasks].flatMap(([task, leaves]) =>
        [...leaves].map(([leaf, versions]) => [`${task}/${leaf}`, versions.agreedValue] as const),
      ),
    );
  }

  /** How many values each leaf has had, by task and leaf. */
  counts(): Map<string, number> {
    return new Map(
      [...this.tasks].flatMap(([task, leaves]) =>
        [...leaves].map(([leaf, { all }]) => [`${task}/${leaf}`, all.length] as const),
      ),
    );
  }

  /**
   * A run has ended.
   * @param waiting tasks that are in conflict or wait: what is agreed on of them is as it was (SPEC, 2).
   * @param unseenFrom how many values each leaf had had when people edited in the middle of the run.
   */
  agree(waiting: ReadonlySet<string>, unseenFrom: ReadonlyMap<string, number> | null): void {
    for (const [task, leaves] of this.tasks) {
      if (waiting.has(task)) continue;
      for (const [leaf, versions] of leaves)
        versions.agree(unseenFrom ? (unseenFrom.get(`${task}/${leaf}`) ?? 0) : Infinity);
    }
  }

  /** Whether the sides disagree on the task in a way that only a person can settle. */
  isDisputed(task: string): boolean {
    return [...this.of(task).values()].some((versions) => versions.disputed);
  }

  /** The heads of the task that no side shows any more, but for a tick that met a deletion (SPEC, 7). */
  missing(task: string): { leaf: Leaf; version: Version }[] {
    return [...this.of(task)].flatMap(([leaf, versions]) =>
      versions.heads
        .filter(({ seenBeside }) => !seenBeside)
        .filter(({ value }) => !versions.shows(value) && !(leaf === "status" && versions.shows(GONE)))
        .map((version) => ({ leaf, version })),
    );
  }

  /**
   * The task was decided, between `before` and now.
   * @returns findings: values that follow from neither side nor the decision.
   */
  decided(task: string, before: Moment, decision: Decision): string[] {
    const findings: string[] = [];
    for (const [leaf, versions] of this.of(task)) {
      const heads = versions.heads.map(({ value }) => value);
      // The owner of a field speaks for both sides, whichever side's task is kept (SPEC, 17).
      const open = this.ownership[leaf] !== undefined;
      const created = versions.agreedValue === GONE;
      const expected = open ? null : expectedValue(leaf, before, task, { heads, created }, decision);
      const { value } = versions.shown.file;
      if (expected !== null && value !== expected)
        findings.push(`${task} was decided as ${decision.choice}, but ${leaf} is ${value}, not ${expected}`);
      versions.settle();
    }
    return findings;
  }

  private eachDifference(
    side: Side,
    now: Display,
    on: (versions: LeafVersions, value: Value, task: string) => void,
  ): void {
    for (const task of new Set([...this.moment[side].keys(), ...now.keys()])) {
      const [was, is] = [this.moment[side].get(task), now.get(task)];
      if (was === is) continue;
      const leaves = this.of(task);
      for (const leaf of LEAVES) {
        const value = is?.get(leaf) ?? GONE;
        if (value !== (was?.get(leaf) ?? GONE)) on(leaves.get(leaf)!, value, task);
      }
    }
  }
}

/** What the decision makes of a leaf; null where it leaves that open. */
function expectedValue(
  leaf: Leaf,
  before: Moment,
  task: string,
  { heads, created }: { heads: readonly Value[]; created: boolean },
  { choice, fields }: Decision,
): Value | null {
  const [file, database] = [valueIn(before.file, task, leaf), valueIn(before.database, task, leaf)];
  const field = fields[leaf];
  if (field === "file") return file;
  if (field === "database") return database;
  if (field !== undefined) return JSON.stringify(field.value);
  if (choice === "keep_file") return file;
  if (choice === "keep_database") return database;
  // Next to a deletion, a merge keeps the task that was edited.
  if (file === GONE || database === GONE) return file === GONE ? database : file;
  // What the executor reports is the database's, whichever side changed it.
  if (leaf === "status") return database;
  const different = new Set(heads);
  if (different.size <= 1) return heads[0] ?? null;
  // Of a task that was created on both sides, what stands on one side only is kept.
  if (created && (file === ABSENT || database === ABSENT)) return file === ABSENT ? database : file;
  return file;
}
