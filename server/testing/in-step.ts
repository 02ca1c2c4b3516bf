import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import type pg from "pg";
import { expect } from "vitest";
import type { JsonMap } from "../../lib/json.ts";
import { withoutFieldsLeftBehind } from "../../lib/sync/two-sides.ts";
import { contentMap } from "../../lib/task/content.ts";
import { taskAt } from "../../lib/yaml/task-at.ts";
import { readYamlFile } from "../endpoints/yaml-file/read-file.ts";
import { loadAncestors } from "../store/ancestors.ts";
import { lockTaskRows, parseStoredTask } from "../store/task-rows.ts";

/**
 * Fails unless the file, the rows and the ancestors say the same of every task and nothing is left
 * to do: no pending task, no unseen edit, no unanswered request, no intent, no temp file.
 * Tasks in `except` (in conflict) may differ and be pending.
 */
export async function expectInStep(
  pool: pg.Pool,
  source: string,
  path: string,
  except: readonly string[] = [],
): Promise<void> {
  const read = await readYamlFile(path, undefined);
  if (!read.ok) throw new Error(`the file cannot be read: ${read.problem.message}`);
  const { document } = read.snapshot;
  const ids = async (text: string) =>
    (await pool.query<{ id: string }>(text, [source])).rows.map((row) => row.id);
  const rowIds = await ids("SELECT id FROM tasks WHERE source = $1");
  const ancestorIds = await ids("SELECT id FROM ancestors WHERE source = $1");
  const all = [...new Set([...document.keys(), ...rowIds, ...ancestorIds])]
    .filter((id) => !except.includes(id))
    .sort();
  const rows = new Map((await lockTaskRows(pool, source, all)).map((row) => [row.id, parseStoredTask(row)]));
  const ancestors = await loadAncestors(pool, source, all);

  const inFile: Record<string, JsonMap | null> = {};
  const inRows: Record<string, JsonMap | null> = {};
  const agreed: Record<string, JsonMap | null> = {};
  for (const id of all) {
    const task = taskAt(document, id)?.task;
    const ancestor = ancestors.get(id);
    const row = rows.get(id);
    const text = task ? contentMap(task) : null;
    inFile[id] = text && ancestor ? withoutFieldsLeftBehind(text, ancestor) : text;
    inRows[id] = row?.ok ? contentMap(row.task) : null;
    agreed[id] = ancestor ? contentMap(ancestor.content) : null;
  }
  expect(inRows, "rows against ancestors").toEqual(agreed);
  expect(inFile, "file against ancestors").toEqual(agreed);
  const left = await pool.query(
    `SELECT 'pending' AS what, task_id AS which FROM pending_tasks WHERE source = $1 AND task_id <> ALL($2::text[])
     UNION ALL SELECT 'conflict', task_id FROM conflicts WHERE source = $1 AND state = 'pending' AND task_id <> ALL($2::text[])
     UNION ALL SELECT 'edit', task_id FROM task_edits WHERE source = $1
     UNION ALL SELECT 'request', trigger FROM sync_requests WHERE source = $1 AND answered_at IS NULL
     UNION ALL SELECT 'intent', revision_after FROM file_intents WHERE source = $1
     UNION ALL SELECT 'halt', halt ->> 'reason' FROM sources WHERE id = $1 AND halt IS NOT NULL`,
    [source, except],
  );
  expect(left.rows, "nothing left to do").toEqual([]);
  // A stale lock may stay until the next write takes it over.
  const beside = (await readdir(dirname(path))).filter((entry) => entry.includes("lockstep-tmp"));
  expect(beside, "no temp file").toEqual([]);
}
