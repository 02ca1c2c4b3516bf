import type { RunAnswer, RunRequest } from "../../lib/run/request.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import type { Member, MemberState } from "../../lib/source/round.ts";
import { toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";
import { optionsJson, optionsToStore, storedOptions, type StoredOptions } from "./stored-options.ts";
import { wake } from "./wake.ts";

export interface NewRound {
  trigger: Trigger;
  requested_by: string;
  /** The address from which the round was asked for. */
  requested_from?: string | undefined;
  members: readonly Member[];
  /** Requests of the members that need more than a plain sync. */
  options: ReadonlyMap<string, RunRequest>;
}

export async function insertRound(
  tx: Queryable,
  { trigger, requested_by, requested_from, members, options }: NewRound,
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    "INSERT INTO rounds (trigger, requested_by, requested_from) VALUES ($1, $2, $3) RETURNING id::text",
    [trigger, requested_by, requested_from ?? null],
  );
  const id = rows[0]?.id ?? "";
  await tx.query(
    `INSERT INTO round_sources (round_id, source, position, parents, cascades_from, state, reason, options)
     SELECT $1, m.source, m.position, ARRAY(SELECT jsonb_array_elements_text(m.parents)),
            CASE WHEN jsonb_typeof(m.cascades_from) = 'array'
               THEN ARRAY(SELECT jsonb_array_elements_text(m.cascades_from)) END,
            m.state, m.reason, m.options
       FROM jsonb_to_recordset($2::jsonb) AS m (source text, position int, parents jsonb,
         cascades_from jsonb, state text, reason text, options jsonb)`,
    [
      id,
      JSON.stringify(
        members.map(({ source, parents, cascadesFrom, state, reason }, position) => ({
          source,
          position,
          parents,
          cascades_from: cascadesFrom,
          state,
          reason,
          options: optionsToStore(options.get(source)),
        })),
      ),
    ],
  );
  return id;
}

export interface LockedRound {
  trigger: Trigger;
  requested_by: string;
  requested_from: string | null;
  members: RoundMember[];
}

export interface RoundMember extends Member {
  options: RunRequest | null;
  priority: number;
  removed: boolean;
  /** Whether it holds objects, so that its run can be about a part of them. */
  collection: boolean;
  /** The run that answered its request. */
  runId: string | null;
  /** The answer to its request; undefined while there is none, null when the request is gone. */
  answer: RunAnswer | null | undefined;
}

interface MemberRow {
  source: string;
  parents: string[];
  cascades_from: string[] | null;
  state: MemberState;
  changed: boolean;
  reason: string | null;
  options: StoredOptions | null;
  removed: boolean;
  collection: boolean;
  run_id: string | null;
  priority: unknown;
  answered: boolean | null;
  answer: RunAnswer | null;
}

/** Locks a running round for this transaction; null when the round is over. */
export async function lockRound(tx: Queryable, id: string): Promise<LockedRound | null> {
  const round = await tx.query<Omit<LockedRound, "members">>(
    "SELECT trigger, requested_by, requested_from FROM rounds WHERE id = $1 AND finished_at IS NULL " +
      "FOR UPDATE",
    [id],
  );
  const found = round.rows[0];
  if (!found) return null;
  const { rows } = await tx.query<MemberRow>(
    `SELECT r.source, r.parents, r.cascades_from, r.state, r.changed, r.reason, r.options,
            coalesce(s.removed_at IS NOT NULL, true) AS removed, coalesce(s.object_type IS NOT NULL, false) AS collection,
            q.run_id::text AS run_id,
            coalesce(s.settings -> 'priority', s.base -> 'settings' -> 'priority') AS priority,
            q.answered_at IS NOT NULL AS answered, CASE WHEN r.state = 'running' THEN q.answer END AS answer
       FROM round_sources r
       LEFT JOIN sources s ON s.id = r.source
       LEFT JOIN sync_requests q ON q.id = r.request_id
      WHERE r.round_id = $1 ORDER BY r.position`,
    [id],
  );
  return { ...found, members: rows.map(toMember) };
}

function toMember({
  cascades_from,
  priority,
  answered,
  answer,
  options,
  run_id,
  ...row
}: MemberRow): RoundMember {
  return {
    ...row,
    runId: run_id,
    options: storedOptions(options),
    cascadesFrom: cascades_from,
    priority:
      typeof priority === "number" && Number.isInteger(priority)
        ? Math.max(-1_000, Math.min(1_000, priority))
        : 0,
    answer: answered ? answer : undefined,
  };
}

/** Requests the runs of these members in this order, and stores which request belongs to which member. */
export async function startMembers(
  tx: Queryable,
  id: string,
  round: Omit<LockedRound, "members">,
  members: readonly RoundMember[],
): Promise<void> {
  if (members.length === 0) return;
  await tx.query(
    `WITH wanted AS (SELECT * FROM unnest($5::text[], $6::jsonb[], $7::int[]) WITH ORDINALITY AS w (source,
      options, priority, position)),
          added AS (
            INSERT INTO sync_requests (source, trigger, options, requested_by, requested_from, round_id)
            SELECT source, $2, options, $3, $4, $1::uuid FROM wanted ORDER BY position RETURNING id, source),
          begun AS (
            UPDATE round_sources r SET state = 'running', request_id = a.id FROM added a
              WHERE r.round_id = $1::uuid AND r.source = a.source)
     SELECT ${wake("w.source", "w.priority")} IS NOT NULL AS woken FROM wanted w ORDER BY w.position`,
    [
      id,
      round.trigger,
      round.requested_by,
      round.requested_from,
      ...toColumns(members, [
        (member) => member.source,
        (member) => optionsJson(member.options),
        (member) => -member.priority,
      ]),
    ],
  );
}

export async function saveMembers(
  tx: Queryable,
  id: string,
  members: readonly Pick<Member, "source" | "state" | "changed" | "reason">[],
): Promise<void> {
  if (members.length === 0) return;
  await tx.query(
    `UPDATE round_sources r SET state = m.state, changed = m.changed, reason = m.reason
       FROM unnest($2::text[], $3::text[], $4::bool[], $5::text[]) AS m (source, state, changed, reason)
      WHERE r.round_id = $1 AND r.source = m.source`,
    [id, ...toColumns(members, [(m) => m.source, (m) => m.state, (m) => m.changed, (m) => m.reason])],
  );
}

export async function finishRound(tx: Queryable, id: string): Promise<void> {
  await tx.query("UPDATE rounds SET finished_at = clock_timestamp() WHERE id = $1", [id]);
}

/** The ids of running rounds, oldest first. */
export async function openRounds(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    "SELECT id::text FROM rounds WHERE finished_at IS NULL ORDER BY started_at",
  );
  return rows.map(({ id }) => id);
}

/** Sources with an unfinished run in a round of the tick. */
export async function sourcesInRounds(db: Queryable): Promise<Set<string>> {
  const { rows } = await db.query<{ source: string }>(
    `SELECT m.source FROM rounds r JOIN round_sources m ON m.round_id = r.id
      WHERE r.finished_at IS NULL AND r.trigger = 'schedule' AND m.state IN ('waiting', 'running')`,
  );
  return new Set(rows.map(({ source }) => source));
}

/** Whether the round is over, and which of its waiting members have no worker. */
export async function roundStanding(
  db: Queryable,
  id: string,
): Promise<{ over: boolean; waitsFor: string[] }> {
  const { rows } = await db.query<{ over: boolean; waits_for: string[] }>(
    `SELECT r.finished_at IS NOT NULL AS over, ARRAY(SELECT m.source FROM round_sources m
      WHERE m.round_id = r.id AND m.state = 'running') AS waits_for
       FROM rounds r WHERE r.id = $1`,
    [id],
  );
  return { over: rows[0]?.over ?? true, waitsFor: rows[0]?.waits_for ?? [] };
}
