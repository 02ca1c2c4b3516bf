import type { Side } from "../../lib/sync/types.ts";
import { GONE, type Leaf, LEAVES, type Value, valueIn } from "../model/leaves.ts";
import { type Model, type Moment, SIDES } from "../model/model.ts";
import type { Version } from "../model/versions.ts";

/** What stood there before a run that is undone later. */
export interface Then {
  before: Moment;
  after: Moment;
  agreed: ReadonlyMap<string, Value>;
  /** How many values each leaf had had when the run began, and when it ended. */
  from: ReadonlyMap<string, number>;
  to: ReadonlyMap<string, number>;
}

interface ShownLeaf {
  shown: Record<Side, Version>;
  heads: Value[];
}
type Shown = ReadonlyMap<string, ReadonlyMap<Leaf, ShownLeaf>>;

/** What each side shows of the tasks, before they are undone. */
export function shownVersions(model: Model, tasks: readonly string[]): Shown {
  const leavesOf = (task: string) =>
    [...model.of(task)].map(([leaf, { shown, heads }]): [Leaf, ShownLeaf] => [
      leaf,
      { shown: { ...shown }, heads: heads.map(({ value }) => value) },
    ]);
  return new Map(tasks.map((task) => [task, new Map(leavesOf(task))]));
}

interface Undone {
  tasks: readonly string[];
  before: Moment;
  then: Then;
  shown: Shown;
  /** The fields in conflict after the undo, by task. */
  conflicts: ReadonlyMap<string, readonly string[]>;
}

/**
 * An undo is an edit that gives back what stood there before the run that is undone.
 * @returns findings: values that did not stand there before.
 */
export function putBack(model: Model, { tasks, before, then, shown, conflicts }: Undone): string[] {
  const findings: string[] = [];
  for (const task of tasks) {
    const wasDisputed = LEAVES.some((leaf) => isDispute(task, leaf, then));
    for (const [leaf, versions] of model.of(task)) {
      const was = shown.get(task)?.get(leaf);
      if (!was) continue;
      // The state from which both sides are compared is what that run left, in what it changed.
      if (conflicts.has(task) && isByRun(task, leaf, then))
        versions.agreeOn(valueIn(then.after.file, task, leaf));
      const isTouched = SIDES.some(
        (side) => versions.shown[side].value !== valueIn(before[side], task, leaf),
      );
      if (isTouched && wasDisputed && isReopened(model, task, leaf, then)) {
        versions.reopen(then.agreed.get(`${task}/${leaf}`) ?? GONE);
        continue;
      }
      const inConflict = isIn(leaf, conflicts.get(task) ?? []);
      for (const side of SIDES) {
        const { value } = versions.shown[side];
        if (value === valueIn(before[side], task, leaf)) continue;
        // The undo asks for what was agreed before the run, also where the other side has come to say so meanwhile.
        const isUndone = was.shown[side].value === valueIn(then.after[side], task, leaf);
        if (isUndone && value === then.agreed.get(`${task}/${leaf}`)) was.shown[side].replaced = true;
        if (was.heads.includes(value)) continue;
        // A run that undoes carries what the other side says too.
        const isCarried = SIDES.some(
          (other) => other !== side && value === valueIn(before[other], task, leaf),
        );
        // In a field that the database owns, the file may have been left behind in what it was before.
        const mayLag = model.ownership[leaf] === "database";
        if (!mayLag && !isCarried && !stoodThere(model, task, leaf, value, then))
          findings.push(`an undo made ${leaf} of ${task} ${value} in the ${side}, which it was not before`);
        versions.putBack(side, was.shown[side], inConflict);
      }
    }
  }
  return findings;
}

/** Whether the run has changed the leaf on a side, or what both sides agree on. */
function isByRun(task: string, leaf: Leaf, { before, after, agreed }: Then): boolean {
  const left = valueIn(after.file, task, leaf);
  const was = [
    ...SIDES.map((side) => valueIn(before[side], task, leaf)),
    agreed.get(`${task}/${leaf}`) ?? GONE,
  ];
  return was.some((value) => value !== left);
}

/** Whether both sides had edited the leaf before the run, each in its own way. */
function isDispute(task: string, leaf: Leaf, { before, agreed }: Then): boolean {
  const [file, database] = SIDES.map((side) => valueIn(before[side], task, leaf));
  const last = agreed.get(`${task}/${leaf}`) ?? GONE;
  return file !== database && file !== last && database !== last;
}

/** Whether both sides show again what they showed, each its own, before the run that is undone. */
function isReopened(model: Model, task: string, leaf: Leaf, { before }: Then): boolean {
  const [file, database] = SIDES.map((side) => valueIn(before[side], task, leaf));
  const shown = model.of(task).get(leaf)?.shown;
  return file !== database && shown?.file.value === file && shown?.database.value === database;
}

function stoodThere(model: Model, task: string, leaf: Leaf, value: Value, then: Then): boolean {
  const name = `${task}/${leaf}`;
  const all = model.of(task).get(leaf)?.all ?? [];
  const meanwhile = all.slice(then.from.get(name) ?? 0, then.to.get(name)).map((version) => version.value);
  const before = SIDES.map((side) => valueIn(then.before[side], task, leaf));
  return [...before, then.agreed.get(name) ?? GONE, ...meanwhile].includes(value);
}

/** Whether one of the fields in conflict is the leaf, or holds it, or is within it. */
function isIn(leaf: Leaf, fields: readonly string[]): boolean {
  return fields.some(
    (field) => leaf === field || leaf.startsWith(`${field}.`) || field.startsWith(`${leaf}.`),
  );
}
