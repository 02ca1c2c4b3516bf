import { isMap, type Json, type JsonMap, setKey } from "../../json.ts";
import { parseTask } from "../../task/schema.ts";
import { type Task, taskKey, type TaskKey } from "../../task/task.ts";
import { withPath } from "../path.ts";
import { reconcile } from "../reconcile.ts";
import type { Ancestor, Candidate, FileChange, Plan, ReconcileOptions, SideTask } from "../types.ts";

/** Both sides and the ancestors in memory. The file is a list of plain maps, as a person would type them. */
export interface World {
  file: Map<TaskKey, JsonMap>;
  database: Map<TaskKey, Task>;
  ancestors: Map<TaskKey, Ancestor>;
}

function emptyWorld(): World {
  return { file: new Map(), database: new Map(), ancestors: new Map() };
}

export function copyOf(world: World): World {
  return structuredClone(world);
}

/** The next run by a fixed clock. It differs between schedules and is never a time that tests write by hand. */
export function simulatedNextRun({
  schedule_cron,
  timezone,
}: {
  schedule_cron: string;
  timezone: string;
}): string {
  const text = `${schedule_cron} ${timezone}`;
  const minute = [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 1440, 7);
  return new Date(Date.UTC(2040, 0, 1, 0, minute)).toISOString();
}

export const OPTIONS: ReconcileOptions = {
  strategy: "three-way",
  direction: "bidirectional",
  force: false,
  ownership: {},
  nextRun: simulatedNextRun,
  fileAbsenceBelieved: true,
};

/** The file's task as a reader returns it. */
export function readFileTask(plain: JsonMap): SideTask {
  const parsed = parseTask(plain);
  if (!parsed.ok) throw new Error(`not a task: ${JSON.stringify(plain)}: ${JSON.stringify(parsed.problems)}`);
  return { task: parsed.task, present: new Set(Object.keys(plain)) };
}

/** A row of the given fields, with defaults for all others. */
export function row(plain: JsonMap): Task {
  return readFileTask(plain).task;
}

/** Every task that a side has or that has an ancestor. */
export function candidatesOf({ file, database, ancestors }: World): Candidate[] {
  const keys = new Set([...file.keys(), ...database.keys(), ...ancestors.keys()]);
  return [...keys].map((key) => {
    const plain = file.get(key);
    const task = database.get(key);
    return {
      key,
      ancestor: ancestors.get(key),
      file: plain && readFileTask(plain),
      database: task && { task },
    };
  });
}

/** Carries the plan out, as the endpoints would. */
export function apply(world: World, plan: Plan): void {
  for (const item of plan.items) {
    const { key } = item;
    if (item.file === null) world.file.delete(key);
    else if (item.file) world.file.set(key, edited(world.file.get(key), item.file));
    if (item.database === null) world.database.delete(key);
    else if (item.database) world.database.set(key, item.database);
    if (item.ancestor === null) world.ancestors.delete(key);
    else world.ancestors.set(key, item.ancestor);
  }
}

/** Plays one run and returns its plan. */
export function sync(world: World, options: Partial<ReconcileOptions> = {}): Plan {
  const plan = reconcile(candidatesOf(world), { ...OPTIONS, ...options });
  apply(world, plan);
  return plan;
}

/** A world in step, made of the tasks as the file spells them. */
export function inStep(...plains: JsonMap[]): World {
  const world = emptyWorld();
  for (const plain of plains) world.file.set(keyOf(plain), plain);
  sync(world);
  return world;
}

function keyOf(plain: JsonMap): TaskKey {
  const id = plain["id"];
  return taskKey(typeof id === "number" ? id : String(id));
}

function edited(before: JsonMap | undefined, { edits, create, stamp }: FileChange): JsonMap {
  if (create) {
    if (before) throw new Error("the task to create is in the file already");
    return create;
  }
  if (!before) throw new Error("the task to edit is not in the file");
  let after: JsonMap = before;
  for (const { path, value } of edits ?? []) {
    if (parentOf(after, path) === undefined) throw new Error(`no map to edit at ${path.join(".")}`);
    const next = withPath(after, path, value);
    if (!next) throw new Error(`no map at ${path.join(".")}`);
    after = next;
  }
  if (stamp !== null && Object.hasOwn(after, "updated_at")) {
    after = { ...after };
    setKey(after, "updated_at", stamp);
  }
  return after;
}

/** The map that holds the edited key. It must exist, because the writer of the text does not add maps around a key. */
function parentOf(map: JsonMap, path: readonly string[]): JsonMap | undefined {
  let here: Json = map;
  for (const key of path.slice(0, -1)) {
    if (!isMap(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key] ?? null;
  }
  return isMap(here) ? here : undefined;
}
