import { renameSync, writeFileSync } from "node:fs";
import pg from "pg";
import type { Lockstep } from "../../e2e/support/lockstep.ts";
import type { JsonMap } from "../../lib/json.ts";
import { lockFile } from "../../server/testing/file-locker.ts";
import { tasksIn } from "../model/file-text.ts";
import { type Leaf, leavesOf } from "../model/leaves.ts";
import type { Random } from "../random.ts";
import { editInText } from "../story/file-edit.ts";
import type { Witness } from "./witness.ts";

export const TASKS = ["1", "2", "backup", "report", "17"] as const;
const PLACES: readonly Leaf[] = ["skill_name", "description", "owner", "params.a", "params.b"];
/** Leaves that one SQL statement sets: the column, and the statement's value. */
const BY_SQL: readonly { leaf: Leaf; set: string; get: string }[] = [
  { leaf: "skill_name", set: "skill_name = $2::jsonb #>> '{}'", get: "to_jsonb(skill_name)" },
  { leaf: "description", set: "description = $2::jsonb #>> '{}'", get: "to_jsonb(description)" },
  { leaf: "params.a", set: "params = jsonb_set(params, '{a}', $2::jsonb)", get: "params -> 'a'" },
];

/** The people and programs that edit while the server is killed. Each call is one edit. */
export class Writers {
  private n = 0;

  constructor(
    private readonly lockstep: Lockstep,
    private readonly witness: Witness,
    private readonly random: Random,
  ) {}

  /** A client of the API, which edits only what it has seen. */
  async byApi(): Promise<void> {
    const [task, leaf] = this.place();
    const read = await this.lockstep.api<{ task: JsonMap }>("GET", `/api/tasks/${task}`);
    if (read.status !== 200) return;
    const seen = valueOf(read.body.task, leaf);
    const value = this.fresh();
    const patch = leaf.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), JSON.parse(value));
    const ifMatch = { "if-match": read.headers.get("etag") ?? "" };
    try {
      const { status } = await this.lockstep.api("PATCH", `/api/tasks/${task}?wait=false`, patch, ifMatch);
      if (status === 200) this.witness.edited(nameOf(task, leaf), "the API", seen, value, "done");
    } catch {
      // The server died before it answered.
      this.witness.edited(nameOf(task, leaf), "the API", seen, value, "perhaps");
    }
  }

  /** Somebody with psql. */
  async bySql(): Promise<void> {
    const task = this.random.pick(TASKS);
    const { leaf, set, get } = BY_SQL[this.random.below(BY_SQL.length)]!;
    const value = this.fresh();
    try {
      const rows = await this.lockstep.sql<{ was: string }>(
        `WITH old AS MATERIALIZED (SELECT (${get})::text AS was FROM tasks WHERE id = $1 FOR UPDATE)
         UPDATE tasks SET ${set} FROM old WHERE id = $1 RETURNING old.was`,
        [task, value],
      );
      if (rows[0]) this.witness.edited(nameOf(task, leaf), "SQL", normal(rows[0].was), value, "done");
    } catch (error) {
      if (error instanceof pg.DatabaseError) return;
      // Killed with the server: whether the statement was committed, and over what, is not known.
      this.witness.edited(nameOf(task, leaf), "SQL", null, value, "perhaps");
    }
  }

  /** An editor or a script that takes the file's lock. */
  async inFile(how: "rename" | "in place"): Promise<void> {
    const [task, leaf] = this.place();
    const unlock = await lockFile(this.lockstep.file).catch(() => null);
    if (!unlock) return;
    try {
      const text = this.lockstep.read();
      const plain = tasksIn(text)?.find(({ id }) => String(id) === task);
      if (!plain) return;
      const value = this.fresh();
      const edited = editInText(text, task, leaf, value);
      const target = how === "rename" ? `${this.lockstep.file}.editor` : this.lockstep.file;
      writeFileSync(target, edited);
      if (how === "rename") renameSync(target, this.lockstep.file);
      const by = how === "rename" ? "an editor" : "a script";
      this.witness.edited(nameOf(task, leaf), by, valueOf(plain, leaf), value, "done");
    } finally {
      await unlock().catch(() => undefined);
    }
  }

  /** An admin who resolves the oldest conflict as it is shown. */
  async resolve(): Promise<void> {
    type Conflict = { id: string; task_id: string; revision: string; yaml_data: JsonMap; db_data: JsonMap };
    const list = await this.lockstep.api<{ conflicts: Conflict[] }>(
      "GET",
      "/api/sync/conflicts?state=pending",
    );
    const conflict = list.body.conflicts?.[0];
    if (!conflict) return;
    const choice = this.random.pick(["keep_yaml", "keep_db", "merge"]);
    const body = { choice, revision: conflict.revision };
    const answer = await this.lockstep
      .api<{ task: JsonMap }>("POST", `/api/sync/conflicts/${conflict.id}/resolve`, body)
      .catch(() => null);
    // Without an answer in time, the choice may be carried out later.
    const isOpen = answer === null || answer.status >= 500;
    if (!isOpen && answer.status !== 200) return;
    for (const leaf of PLACES) {
      const shown = [valueOf(conflict.yaml_data, leaf), valueOf(conflict.db_data, leaf)];
      const result = isOpen ? null : valueOf(answer.body.task, leaf);
      this.witness.chosen(nameOf(conflict.task_id, leaf), shown, result);
    }
  }

  private place(): [string, Leaf] {
    return [this.random.pick(TASKS), PLACES[this.random.below(PLACES.length)] ?? "skill_name"];
  }

  private fresh(): string {
    return JSON.stringify(`value ${++this.n}`);
  }
}

/** Every place that is edited, by its name. */
export const ALL_PLACES: ReadonlyMap<string, { task: string; leaf: Leaf }> = new Map(
  TASKS.flatMap((task) => PLACES.map((leaf) => [nameOf(task, leaf), { task, leaf }])),
);

function nameOf(task: string, leaf: Leaf): string {
  return `${leaf} of ${task}`;
}

export function valueOf(plain: JsonMap, leaf: Leaf): string {
  return leavesOf(plain).get(leaf) ?? "";
}

/** JSON as PostgreSQL prints it, in our own spelling. */
function normal(json: string): string {
  return JSON.stringify(JSON.parse(json));
}
