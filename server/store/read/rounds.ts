import type { Progress } from "../../../lib/protocol/progress.ts";
import type { RoundJson, RoundState } from "../../../lib/protocol/round.ts";
import type { RunAnswer } from "../../../lib/run/request.ts";
import { prisma } from "../prisma.ts";

interface Row {
  source: string;
  state: RoundState | "unneeded";
  reason: string | null;
  answer: RunAnswer | null;
  progress: Progress | null;
}

export async function roundWithId(id: string): Promise<RoundJson | null> {
  const round = await prisma().round.findUnique({ where: { id } });
  if (!round) return null;
  const rows = await prisma().$queryRaw<Row[]>`
    SELECT r.source, r.state, r.reason, q.answer,
      CASE WHEN r.state = 'running' THEN s.progress END AS progress
      FROM round_sources r
      LEFT JOIN sync_requests q ON q.id = r.request_id
      LEFT JOIN sources s ON s.id = r.source
     WHERE r.round_id = ${id}::uuid ORDER BY r.position`;
  return {
    id: round.id,
    trigger: round.trigger as RoundJson["trigger"],
    requested_by: round.requestedBy,
    started_at: round.startedAt.toISOString(),
    finished_at: round.finishedAt?.toISOString() ?? null,
    done: rows.filter(({ state }) => state !== "waiting" && state !== "running").length,
    total: rows.length,
    sources: rows.map(({ source, state, reason, answer, progress }) => ({
      source,
      state: state === "unneeded" ? "skipped" : state,
      ...(reason === null ? {} : { reason }),
      ...(answer && "run" in answer ? { run: answer.run } : {}),
      progress,
    })),
  };
}
