import { randomUUID } from "node:crypto";
import { pool } from "../../store/pool.ts";

type Values = Record<string, unknown>;

/** Adds a task's row; columns that are not given have the table's defaults. */
export async function addTask(row: { id: string } & Values): Promise<void> {
  await insert("tasks", { skill_name: "a skill", schedule_cron: "0 2 * * *", ...row });
}

export async function addRun(values: Values = {}): Promise<string> {
  return insert("runs", {
    source: "default",
    trigger: "manual",
    requested_by: "ada",
    outcome: "succeeded",
    started_at: "2026-01-01T00:00:00.000Z",
    finished_at: "2026-01-01T00:00:00.250Z",
    counts: JSON.stringify({ created: 0, updated: 1, deleted: 0, merged: 0, conflicts: 0, problems: 0 }),
    ...values,
  });
}

export async function addConflict(values: { task_id: string } & Values): Promise<string> {
  const preset = {
    source: "default",
    kind: "modify_modify",
    fields: ["status"],
    reason: "both changed",
    revision: "r1",
  };
  return insert("conflicts", { ...preset, ...values });
}

export async function addSource(id: string, values: Values = {}): Promise<void> {
  await insert("sources", { id, path: `config/${id}.yml`, ...values });
}

/** Adds the row of a worker that answers. The caller must open the worker's connection. */
export async function addWorker(watches: string[], values: Values = {}): Promise<void> {
  await insert("workers", { id: randomUUID(), labels: ["default"], watches, ...values });
}

async function insert(table: string, values: Values): Promise<string> {
  const places = Object.keys(values).map((_, i) => `$${i + 1}`);
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO ${table} (${Object.keys(values).join(", ")}) VALUES (${places.join(", ")}) RETURNING id`,
    Object.values(values),
  );
  return rows[0]?.id ?? "";
}
