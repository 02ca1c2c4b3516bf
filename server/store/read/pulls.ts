import type { PullJson } from "../../../lib/protocol/pull.ts";
import { prisma } from "../prisma.ts";

/** Records of a source's pulls before one of them, newest first. */
export async function pullsBefore(
  source: string,
  before: bigint | null,
  limit: number,
): Promise<{ pull: PullJson; seq: bigint }[]> {
  const rows = await prisma().pull.findMany({
    where: { source, ...(before === null ? {} : { seq: { lt: before } }) },
    orderBy: { seq: "desc" },
    take: limit,
  });
  return rows.map((row) => ({
    seq: row.seq,
    pull: {
      id: row.id,
      source: row.source,
      run_id: row.runId,
      kind: row.kind as PullJson["kind"],
      state: row.state as PullJson["state"],
      started_at: row.startedAt.toISOString(),
      finished_at: row.finishedAt?.toISOString() ?? null,
      resumed: row.resumed,
      pass: row.pass,
      pages: row.pages,
      items: row.items,
      unique_ids: row.uniqueIds,
      declared_total: row.declaredTotal,
      lists: row.lists,
      lists_read: row.listsRead,
      last_request: row.lastRequest,
      first_page: row.firstPage as PullJson["first_page"],
      created: row.created,
      updated: row.updated,
      deleted: row.deleted,
      reason: row.reason,
      problems: row.problems as unknown as PullJson["problems"],
    },
  }));
}
