import type { BulkActionJson, LeftOut } from "../../../lib/protocol/bulk.ts";
import { MOST_LEFT_OUT } from "../../../lib/protocol/bulk.ts";
import type { TaskJson } from "../../../lib/protocol/task.ts";
import type { RunSummary } from "../../../lib/protocol/run.ts";
import type { RunAnswer } from "../../../lib/run/request.ts";
import type { BulkKind } from "../../../lib/task/bulk-kinds.ts";
import { BULK_SILENT_MS } from "../bulk-actions.ts";
import { pool } from "../pool.ts";

interface Row {
  id: string;
  action: BulkKind;
  requested_by: string;
  started_at: Date;
  finished_at: Date | null;
  silent_ms: number;
  stop_requested: boolean;
  total: number;
  done: number;
  undone_at: Date | null;
  undone_by: string | null;
  parts: PartRow[];
}

interface PartRow {
  source: string;
  changed: number;
  unchanged: number;
  left_out: Omit<LeftOut, "source">[];
  failure: string | null;
  request_id: number | null;
  answer: RunAnswer | null;
  run_id: string | null;
}

const SELECT = `
  SELECT b.id::text, b.action, b.requested_by, b.started_at, b.finished_at, b.stop_requested, b.total, b.done,
         b.undone_at, b.undone_by, extract(epoch FROM clock_timestamp() - b.alive_at)::float8 * 1000 AS silent_ms,
         coalesce((SELECT jsonb_agg(jsonb_build_object('source', p.source, 'changed', p.changed,
                    'unchanged', p.unchanged, 'left_out', p.left_out, 'failure', p.failure,
                    'request_id', p.request_id, 'answer', q.answer, 'run_id', q.run_id) ORDER BY p.position)
                     FROM bulk_parts p LEFT JOIN sync_requests q ON q.id = p.request_id
                    WHERE p.bulk_id = b.id), '[]') AS parts
    FROM bulk_actions b`;

export async function bulkActionWithId(id: string): Promise<BulkActionJson | null> {
  const { rows } = await pool().query<Row>(`${SELECT} WHERE b.id = $1`, [id]);
  return rows[0] ? toJson(rows[0]) : null;
}

export async function latestBulkActions(limit: number): Promise<BulkActionJson[]> {
  const { rows } = await pool().query<Row>(`${SELECT} ORDER BY b.started_at DESC LIMIT $1`, [limit]);
  return rows.map(toJson);
}

function toJson({ parts, silent_ms, stop_requested, ...row }: Row): BulkActionJson {
  const sum = (count: (part: PartRow) => number) => parts.reduce((all, part) => all + count(part), 0);
  const left = parts.flatMap(({ source, left_out }) => left_out.map((each) => ({ source, ...each })));
  const changed = sum((part) => part.changed);
  const unchanged = sum((part) => part.unchanged);
  const over = row.finished_at !== null || silent_ms > BULK_SILENT_MS;
  const all =
    changed + unchanged + left.length === row.total || parts.some(({ failure }) => failure !== null);
  return {
    id: row.id,
    action: row.action,
    state: !over
      ? "running"
      : row.finished_at === null && !all
        ? "interrupted"
        : stop_requested && !all
          ? "stopped"
          : "finished",
    requested_by: row.requested_by,
    started_at: row.started_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    total: row.total,
    done: row.done,
    changed,
    unchanged,
    left_out: left.slice(0, MOST_LEFT_OUT),
    left_out_total: left.length,
    sources: parts.map(({ source, changed: count, failure, answer, run_id, request_id }) => ({
      source,
      changed: count,
      run_id,
      outcome: runIn(answer)?.outcome ?? null,
      waits: request_id === null ? null : whyItWaits(answer),
      failure,
    })),
    undone_at: row.undone_at?.toISOString() ?? null,
    undone_by: row.undone_by,
  };
}

function runIn(answer: RunAnswer | null): RunSummary | null {
  return answer && "run" in answer ? answer.run : null;
}

/** Why changes have not reached the other side; null when a run has carried them. */
function whyItWaits(answer: RunAnswer | null): string | null {
  if (answer === null) return "No run has carried it yet";
  if (answer.kind === "refused") return answer.error.message;
  const run = runIn(answer);
  if (run?.outcome === "halted") return run.halt?.reason ?? "The run was stopped by a safety guard";
  if (run?.outcome === "failed") return run.problems.at(-1)?.message ?? "The run failed; see the history";
  return null;
}

/** A task that an action changed, and how it stands now. */
export interface TaskOfBulk {
  source: string;
  task_id: string;
  before: TaskJson;
  /** Its status now; null when there is no such task. */
  status: string | null;
  /** The run that carried the change; null when no run did. */
  run_id: string | null;
}

export async function tasksOfBulk(id: string): Promise<TaskOfBulk[]> {
  const { rows } = await pool().query<TaskOfBulk>(
    `SELECT k.source, k.task_id, k.before, t.status, c.run_id::text
       FROM bulk_tasks k
       JOIN bulk_parts p ON p.bulk_id = k.bulk_id AND p.source = k.source
       LEFT JOIN sync_requests q ON q.id = p.request_id
       LEFT JOIN run_changes c ON c.run_id = q.run_id AND c.task_id = k.task_id
       LEFT JOIN tasks t ON t.source = k.source AND t.id = k.task_id
      WHERE k.bulk_id = $1 ORDER BY k.source, k.task_id`,
    [id],
  );
  return rows;
}
