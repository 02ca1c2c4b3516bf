import fc from "fast-check";
import type { Json, JsonMap } from "../../json.ts";
import { row, type World } from "./simulator.ts";

/** Few values, so that the sides often meet on the same one. */
const leaf: fc.Arbitrary<Json> = fc.constantFrom<Json>(null, 1, "a", [], [1], {}, { k: 1 }, { k: 2, l: 1 });
const keys = fc.constantFrom("a", "b", "x.y", "constructor");
const map = fc
  .dictionary(keys, fc.oneof(leaf, fc.dictionary(keys, leaf, { maxKeys: 2 })), { maxKeys: 3 })
  .map((value): JsonMap => ({ ...value }));

const values: Record<string, fc.Arbitrary<Json>> = {
  skill_name: fc.constantFrom("backup", "report"),
  schedule_cron: fc.constantFrom("0 3 * * *", "5 4 * * 1", "0 * * * *"),
  next_run_at: fc.constantFrom<Json>(null, "2030-01-01T00:00:00.000Z", "2030-02-02T00:00:00.000Z"),
  timezone: fc.constantFrom("UTC", "Europe/Berlin"),
  status: fc.constantFrom("pending", "active", "running"),
  description: fc.constantFrom<Json>(null, "one", "two"),
  params: map,
  owner: fc.constantFrom<Json>(null, "ann", { team: "ops" }),
  labels: map,
};

/** A task as a person types it: optional keys may be missing. */
function plainTask(id: number | string): fc.Arbitrary<JsonMap> {
  const { skill_name, schedule_cron, ...optional } = values;
  return fc
    .tuple(
      fc.record({
        skill_name: skill_name ?? fc.constant("backup"),
        schedule_cron: schedule_cron ?? fc.constant("0 * * * *"),
      }),
      fc.record(optional, { requiredKeys: [] }),
    )
    .map(([required, some]) => ({ id, ...required, ...some }) as JsonMap);
}

export interface EditOf {
  field: string;
  /** Undefined removes an optional key. */
  value: Json | undefined;
}

/** What one side does to a task between two runs. */
export type SideEdit = "nothing" | "delete" | { replace: JsonMap } | { edits: EditOf[] };

const editOf: fc.Arbitrary<EditOf> = fc
  .constantFrom(...Object.keys(values))
  .chain((field) =>
    fc
      .option(values[field] ?? fc.constant(null), { nil: undefined, freq: 4 })
      .map((value) => ({ field, value })),
  );

function sideEdit(id: number | string): fc.Arbitrary<SideEdit> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<SideEdit>("nothing") },
    { weight: 1, arbitrary: fc.constant<SideEdit>("delete") },
    { weight: 1, arbitrary: plainTask(id).map((replace): SideEdit => ({ replace })) },
    {
      weight: 6,
      arbitrary: fc.array(editOf, { minLength: 1, maxLength: 3 }).map((edits): SideEdit => ({ edits })),
    },
  );
}

function editedPlain(before: JsonMap | undefined, edit: SideEdit): JsonMap | undefined {
  if (edit === "nothing") return before;
  if (edit === "delete") return undefined;
  if ("replace" in edit) return edit.replace;
  if (!before) return undefined;
  const after = { ...before };
  for (const { field, value } of edit.edits) {
    if (value !== undefined) after[field] = value;
    else if (field !== "skill_name" && field !== "schedule_cron") delete after[field];
  }
  return after;
}

export function editFile(world: World, key: string, edit: SideEdit): void {
  const after = editedPlain(world.file.get(key), edit);
  if (after) world.file.set(key, after);
  else world.file.delete(key);
}

export function editDatabase(world: World, key: string, edit: SideEdit): void {
  const before = world.database.get(key);
  if (edit === "nothing") return;
  const { extra = {}, ...known } = before ?? {};
  const plain: JsonMap | undefined = before && { ...(known as JsonMap), ...extra };
  const after = editedPlain(plain, edit);
  if (after) world.database.set(key, row(after));
  else world.database.delete(key);
}

/** Two rounds of edits on both sides of a few tasks, with a run between them. */
export interface Story {
  start: JsonMap[];
  rounds: { key: string; file: SideEdit; database: SideEdit }[][];
}

const IDS = [1, 2, "nightly"] as const;

export const story: fc.Arbitrary<Story> = fc.record({
  start: fc.tuple(...IDS.map((id) => plainTask(id))).map((tasks) => [...tasks]),
  rounds: fc.array(
    fc
      .tuple(
        ...IDS.map((id) =>
          fc.record({ key: fc.constant(String(id)), file: sideEdit(id), database: sideEdit(id) }),
        ),
      )
      .map((edits) => [...edits]),
    { minLength: 1, maxLength: 3 },
  ),
});
