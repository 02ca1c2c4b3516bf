import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Json, JsonMap } from "../../lib/json.ts";
import {
  FIELD_DEFAULTS,
  FIELD_NAMES,
  type FieldName,
  fieldSpec,
  isRequiredField,
  ROW_COLUMNS,
  SQL_TYPES,
} from "../../lib/task/fields.ts";
import { contentOf } from "../../lib/task/content.ts";
import { parseTask } from "../../lib/task/schema.ts";
import type { Task } from "../../lib/task/task.ts";
import { createTestDatabase } from "../testing/test-database.ts";
import { loadAncestors, saveAncestors } from "./ancestors.ts";
import { shownTask } from "./shown-task.ts";
import { differingTasks, lockTaskRows, parseStoredTask } from "./task-rows.ts";
import { insertTasks, updateTasks } from "./write-tasks.ts";

// Migrations and the Prisma schema cannot be derived from the table of fields, so they are checked against it.

let pool: pg.Pool;
beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await createTestDatabase() });
});
afterAll(() => pool.end());

/** Two canonical values for the field; neither is its default. */
function samples(name: FieldName): [Json, Json] {
  const { type, oneOf } = fieldSpec(name);
  if (name === "schedule_cron") return ["0 2 * * *", "30 3 * * 1"];
  if (name === "timezone") return ["Europe/Berlin", "Asia/Tokyo"];
  if (oneOf) return [oneOf.at(-1) ?? "", oneOf.at(-2) ?? ""];
  const values: Record<typeof type, [Json, Json]> = {
    text: ["one", "two"],
    time: ["2026-01-31T03:00:00.000Z", "2026-02-28T04:00:00.123Z"],
    integer: [1, 2],
    map: [{ a: 1 }, { a: [2, null] }],
  };
  return values[type];
}

function task(id: string, which: 0 | 1, names: readonly FieldName[] = FIELD_NAMES): Task {
  const fields = Object.fromEntries(names.map((name) => [name, samples(name)[which]]));
  const parsed = parseTask({ id, ...fields, owner: "ops", updated_at: `2026-01-0${which + 1}` });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("; "));
  return parsed.task;
}

async function read(id: string): Promise<Task> {
  const [row] = await lockTaskRows(pool, "s", [id]);
  const parsed = row && parseStoredTask(row);
  if (!parsed?.ok) throw new Error("no such task, or not a valid one");
  return parsed.task;
}

interface Column {
  name: string;
  type: string;
  required: boolean;
}

async function columnsOf(table: string): Promise<Column[]> {
  const { rows } = await pool.query<Column>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type, attnotnull AS required FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [table],
  );
  return rows;
}

const wanted = FIELD_NAMES.map((name) => ({
  name,
  type: SQL_TYPES[fieldSpec(name).type].replace("timestamptz", "timestamp with time zone"),
  required: fieldSpec(name).default !== null,
}));

it.each(["tasks", "ancestors"])("%s has a column of the right type for every field", async (table) => {
  const columns = await columnsOf(table);
  expect(columns).toEqual(expect.arrayContaining(wanted));
});

it("tasks has no column that is unknown to the table of fields", async () => {
  const names = (await columnsOf("tasks")).map(({ name }) => name);
  expect(names.sort()).toEqual([...FIELD_NAMES, "extra", ...ROW_COLUMNS].sort());
});

it("a row inserted by SQL has the same defaults as a task in the file", async () => {
  const required = task("defaults", 0, FIELD_NAMES.filter(isRequiredField));
  const names = FIELD_NAMES.filter(isRequiredField);
  await pool.query(
    `INSERT INTO tasks (source, id, ${names.join(", ")}) VALUES ('s', 'defaults', ${names.map((_, i) => `$${i + 1}`).join(", ")})`,
    names.map((name) => required[name]),
  );
  expect(await read("defaults")).toMatchObject(FIELD_DEFAULTS);
});

it.each(FIELD_NAMES.filter((name) => fieldSpec(name).oneOf))(
  "%s takes its values and no other",
  async (name) => {
    await insertTasks(pool, "s", [task(name, 0)]);
    const set = (value: string) => pool.query(`UPDATE tasks SET ${name} = $1 WHERE id = $2`, [value, name]);
    for (const value of fieldSpec(name).oneOf ?? []) await set(value);
    await expect(set("none of them")).rejects.toMatchObject({ code: "23514" });
  },
);

it("every field comes back from tasks and from ancestors as it was written, and is shown so", async () => {
  const [first, second] = [task("way", 0), task("way", 1)];
  await insertTasks(pool, "s", [first]);
  expect(await read("way")).toEqual(first);
  await updateTasks(pool, "s", [second]);
  expect(await read("way")).toEqual(second);
  const [row] = await lockTaskRows(pool, "s", ["way"]);
  const { extra, ...known } = second;
  expect(row && shownTask(row)).toEqual({ ...known, ...extra, source: "s" });
  const ancestor = { content: contentOf(second), fieldsLeftBehind: {} };
  await saveAncestors(pool, "s", [{ key: "way", ancestor, fingerprint: null }]);
  expect((await loadAncestors(pool, "s", ["way"])).get("way")?.content).toEqual(ancestor.content);
});

it.each(FIELD_NAMES)(
  "a change of %s alone is found, and dated unless Lockstep worked it out",
  async (name) => {
    const [before, changed] = [task(`of-${name}`, 0), task(`of-${name}`, 1)];
    await insertTasks(pool, "changes", [before]);
    const ancestor = { content: contentOf(before), fieldsLeftBehind: {} };
    await saveAncestors(pool, "changes", [{ key: `of-${name}`, ancestor, fingerprint: null }]);
    expect(await differingTasks(pool, "changes")).toEqual([]);
    const dated = await asRun(`of-${name}`, { ...before, [name]: changed[name] });
    expect(await differingTasks(pool, "changes")).toEqual([`of-${name}`]);
    expect(dated).toBe(fieldSpec(name).computed !== true);
    await pool.query("DELETE FROM tasks WHERE source = 'changes'");
    await pool.query("DELETE FROM ancestors WHERE source = 'changes'");
  },
);

/** Writes the task as a run does. @returns whether the row's triggers took it for a change of the task. */
async function asRun(id: string, to: Task): Promise<boolean> {
  const tx = await pool.connect();
  try {
    await tx.query("BEGIN");
    await tx.query("SELECT set_config('lockstep.writer', 'run', true)");
    await updateTasks(tx, "changes", [to], new Map([[id, "the run"]]));
    await tx.query("COMMIT");
    const { rows } = await tx.query<{ by: string }>("SELECT updated_by AS by FROM tasks WHERE id = $1", [id]);
    return rows[0]?.by === "the run";
  } finally {
    tx.release();
  }
}

const PRISMA_TYPES = { text: "String", time: "DateTime", integer: "Int", map: "Json" } as const;

it.each(["Task", "Ancestor"])("the Prisma model %s has every field", async (model) => {
  const schema = await readFile(new URL("../../prisma/schema.prisma", import.meta.url), "utf8");
  const body = new RegExp(`^model ${model} \\{\\n([\\s\\S]*?)^\\}`, "m").exec(schema)?.[1] ?? "";
  const lines = body.split("\n").filter((line) => /^ {2}\w/.test(line));
  const columns: JsonMap = {};
  for (const line of lines) {
    const [name = "", type = ""] = line.trim().split(/\s+/);
    columns[/@map\("(\w+)"\)/.exec(line)?.[1] ?? name] = type;
  }
  for (const name of FIELD_NAMES) {
    const { type, default: value } = fieldSpec(name);
    expect(columns[name], name).toBe(PRISMA_TYPES[type] + (value === null ? "?" : ""));
  }
});
