import type { TaskKey } from "../task/task.ts";
import { type Definition, definitionOf, likeness } from "./likeness.ts";
import type { Ancestor, LoadedCandidate, SideTask } from "./types.ts";

/** A task that is gone from the file, with its row still there. */
export interface GoneTask extends LoadedCandidate {
  ancestor: Ancestor;
  database: SideTask | "held";
}
/** A task that only the file has, and on which both sides never agreed. */
export interface NewTask extends LoadedCandidate {
  file: SideTask;
}

/** A task that is gone from the file, and one that came there and may be the same under another id. */
export interface Rename {
  gone: GoneTask;
  came: NewTask;
}

/** The ids of the file's tasks in their order. */
export interface FileOrder {
  /** When both sides were last compared; undefined where this process does not know. */
  before(): Iterable<TaskKey> | undefined;
  now(): Iterable<TaskKey>;
}

/** At the same place in the list, a task with at least so much in common is taken for the same. */
const ALIKE_IN_PLACE = 0.5;
/** And elsewhere one with the same skill and so much in common. */
const ALIKE_ELSEWHERE = 0.75;
/** With more tasks than this at one place, or of one skill, only so many are compared with each other. */
const MOST_COMPARED = 30;

/**
 * Finds the tasks of the file whose id seems to have been changed: one is gone, and another that is much like it came
 * in the same look at the file. A person has to say whether they are the same.
 * @param asked the pairs of which a person has been asked already, by the id that is gone.
 */
export function findRenames(
  candidates: readonly LoadedCandidate[],
  asked: ReadonlyMap<TaskKey, TaskKey>,
  order: FileOrder,
): Rename[] {
  const gone = new Map(candidates.filter(isGone).map((task) => [task.key, task]));
  const came = new Map(candidates.filter(isNew).map((task) => [task.key, task]));
  const renames: Rename[] = [];
  const pair = (from: TaskKey, to: TaskKey) => {
    const [old, now] = [gone.get(from), came.get(to)];
    if (!old || !now) return;
    renames.push({ gone: old, came: now });
    gone.delete(from);
    came.delete(to);
  };
  for (const [from, to] of asked) pair(from, to);
  if (gone.size === 0 || came.size === 0) return renames;
  for (const { from, to } of likely([...gone.values()], [...came.values()], order)) pair(from, to);
  return renames;
}

function isGone(candidate: LoadedCandidate): candidate is GoneTask {
  const { ancestor, file, database } = candidate;
  return ancestor !== undefined && file === undefined && database !== undefined;
}

/** Whether only the file has the task, and both sides never agreed on it. */
export function isNew(candidate: LoadedCandidate): candidate is NewTask {
  const { ancestor, file, database } = candidate;
  return ancestor === undefined && database === undefined && file !== undefined && file !== "held";
}

interface Likely {
  from: TaskKey;
  to: TaskKey;
  score: number;
}

/** The pairs that are alike, the best ones first. */
function likely(gone: readonly GoneTask[], came: readonly NewTask[], order: FileOrder): Likely[] {
  const places = placesOf(order);
  const described = (key: TaskKey, definition: Definition): Described => ({
    key,
    definition,
    place: places?.get(key),
    skill: definition.get("skill_name"),
  });
  const old = gone.map(({ key, ancestor }) => described(key, definitionOf(ancestor.content)));
  const groups = new Map<string, Described[]>();
  for (const each of old) {
    for (const name of groupsOf(each)) {
      const group = groups.get(name);
      if (group) group.push(each);
      else groups.set(name, [each]);
    }
  }
  const found = came.flatMap(({ key, file }) => {
    const now = described(key, definitionOf(file.task));
    const near = new Set(groupsOf(now).flatMap((name) => (groups.get(name) ?? []).slice(0, MOST_COMPARED)));
    return [...near].flatMap((each) => scored(each, now));
  });
  return found.sort((a, b) => b.score - a.score);
}

interface Described {
  key: TaskKey;
  definition: Definition;
  place: string | undefined;
  skill: string | undefined;
}

function groupsOf({ definition, place, skill }: Described): string[] {
  // Tasks that say exactly the same find each other however many are compared.
  const all = [...definition].sort().join("\n");
  return [`same ${all}`, `skill ${skill ?? ""}`, ...(place === undefined ? [] : [`place ${place}`])];
}

function scored(old: Described, now: Described): Likely[] {
  const alike = likeness(old.definition, now.definition);
  const inPlace = old.place !== undefined && old.place === now.place;
  const enough = inPlace ? alike >= ALIKE_IN_PLACE : old.skill === now.skill && alike >= ALIKE_ELSEWHERE;
  return enough ? [{ from: old.key, to: now.key, score: alike + (inPlace ? 1 : 0) }] : [];
}

/** The place of each task that came or went: after which of the tasks that stayed. Undefined where it is not known. */
function placesOf(order: FileOrder): Map<TaskKey, string> | undefined {
  const earlier = order.before();
  if (!earlier) return undefined;
  const [before, now] = [[...earlier], [...order.now()]];
  const [had, has] = [new Set(before), new Set(now)];
  const places = new Map<TaskKey, string>();
  for (const [keys, others] of [
    [before, has],
    [now, had],
  ] as const) {
    let after = "";
    for (const key of keys) {
      if (others.has(key)) after = key;
      else places.set(key, after);
    }
  }
  return places;
}
