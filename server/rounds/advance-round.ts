import type pg from "pg";
import { changedTasks } from "../../lib/protocol/run.ts";
import type { RunRequest } from "../../lib/run/request.ts";
import { isOver, nextStep } from "../../lib/source/round.ts";
import { publish } from "../store/publish.ts";
import { finishRound, lockRound, type RoundMember, saveMembers, startMembers } from "../store/rounds.ts";
import { inTransaction } from "../store/transaction.ts";

// If PostgreSQL crashes and loses a step, the step is taken again, because the data that it follows from is
// still there.
const BEGIN = "BEGIN; SET LOCAL synchronous_commit = off";

/**
 * Advances a round to the present state of its runs. Any process may do this at any time. The round's state
 * is the state of its requests, so that nothing is lost when a process dies.
 */
export async function advanceRound(pool: pg.Pool, id: string): Promise<void> {
  await inTransaction(pool, (tx) => advanceIn(tx, id), BEGIN);
}

/** Does the same within the caller's transaction. */
export async function advanceIn(tx: pg.PoolClient, id: string): Promise<void> {
  const round = await lockRound(tx, id);
  if (!round) return;
  const before = new Map(round.members.map(({ source, state }) => [source, state]));
  const members = round.members.map(withAnswer);
  const { start, leave } = nextStep(members);
  const left = new Map(leave.map(({ source, ...rest }) => [source, rest]));
  const now = members.map((member): RoundMember => ({
    ...member,
    ...left.get(member.source),
    ...(start.includes(member.source) ? { state: "running" } : {}),
  }));
  const moved = now.filter(({ source, state }) => before.get(source) !== state);
  await saveMembers(
    tx,
    id,
    moved.filter(({ source }) => !start.includes(source)),
  );
  await startMembers(
    tx,
    id,
    round,
    start.flatMap((source) => {
      const member = now.find((each) => each.source === source);
      return member ? { ...member, options: member.options ?? followed(member, now) } : [];
    }),
  );
  const finished = isOver(now);
  if (finished) await finishRound(tx, id);
  if (moved.length > 0 || finished)
    await publish(tx, [{ event: "sync_round_changed", round_id: id, finished }]);
}

/** Of objects that follow a change of their parents, only those below what has changed are pulled. */
function followed(
  { collection, cascadesFrom }: RoundMember,
  members: readonly RoundMember[],
): RunRequest | null {
  if (!collection || cascadesFrom === null) return null;
  const runs = members.filter(({ source, changed }) => changed && cascadesFrom.includes(source));
  return { kind: "sync", changed_in: runs.flatMap(({ runId }) => runId ?? []) };
}

/** The member with the present state of its run. */
function withAnswer(member: RoundMember): RoundMember {
  const { state, answer, removed } = member;
  if (removed && (state === "waiting" || (state === "running" && answer === undefined))) {
    return { ...member, state: "skipped", reason: "it is no longer in sources.yml" };
  }
  if (state !== "running" || answer === undefined) return member;
  if (answer && "run" in answer) {
    const { outcome, counts, halt, problems } = answer.run;
    const reason = outcome === "failed" ? (problems[0]?.message ?? null) : (halt?.reason ?? null);
    return { ...member, state: outcome, changed: changedTasks(counts), reason };
  }
  return {
    ...member,
    state: "failed",
    reason: answer && "error" in answer ? answer.error.message : "its request was lost",
  };
}
