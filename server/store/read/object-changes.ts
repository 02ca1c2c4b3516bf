import type { JsonMap } from "../../../lib/json.ts";
import type { ObjectHistoryJson } from "../../../lib/protocol/object.ts";
import type { RunChange } from "../../../lib/protocol/run.ts";
import { diffMaps } from "../../../lib/sync/diff.ts";
import { fieldName } from "../../../lib/sync/path.ts";
import { prisma } from "../prisma.ts";

type Change = ObjectHistoryJson["changes"][number];

/** How an object changed before a change, newest first. */
export async function objectChangesBefore(
  object: { source: string; external_id: string },
  before: bigint | null,
  limit: number,
): Promise<{ change: Change; seq: bigint }[]> {
  const rows = await prisma().objectChange.findMany({
    where: {
      source: object.source,
      externalId: object.external_id,
      ...(before === null ? {} : { id: { lt: before } }),
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map((row) => {
    const [old, now] = [row.before as JsonMap | null, row.after as JsonMap | null];
    const action = row.action as Change["action"];
    const change = {
      run_id: row.runId,
      action,
      at: row.at.toISOString(),
      before: old,
      after: now,
      diff: diffOf(old, now),
    };
    return { change, seq: row.id };
  });
}

/** The objects that a run changed, in the form of tasks, ordered by key. */
export async function objectChangesOf(
  runId: string,
  after: string | null,
  limit: number | undefined,
): Promise<{ changes: RunChange[]; total: number }> {
  const where = { runId, ...(after === null ? {} : { externalId: { gt: after } }) };
  const [rows, total] = await Promise.all([
    prisma().objectChange.findMany({
      where,
      orderBy: { externalId: "asc" },
      ...(limit === undefined ? {} : { take: limit }),
    }),
    prisma().objectChange.count({ where: { runId } }),
  ]);
  const changes = rows.map((row): RunChange => {
    const [old, now] = [row.before as JsonMap | null, row.after as JsonMap | null];
    return {
      task_id: row.externalId,
      action: row.action as RunChange["action"],
      merged: false,
      file: false,
      database: true,
      before: old,
      after: now,
      diff: diffOf(old, now),
      yaml_before: null,
      yaml_after: null,
    };
  });
  return { changes, total };
}

function diffOf(before: JsonMap | null, after: JsonMap | null): Change["diff"] {
  return diffMaps(before ?? {}, after ?? {}).map((difference) => ({
    field: fieldName(difference.path),
    before: difference.before,
    after: difference.after,
  }));
}
