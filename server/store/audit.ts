import type { JsonMap } from "../../lib/json.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { AuditSubject } from "../../lib/protocol/audit.ts";
import type { Queryable } from "./pool.ts";

export interface NewAuditEntry {
  /** What happened, in the past tense: `user_created`, `token_revoked`. */
  action: string;
  /** Decides who may read it, see `lib/protocol/audit.ts`. */
  subject: AuditSubject;
  /** Which one: the user's, the token's or the source's id. */
  subject_id?: string | null;
  source?: string | null;
  /** Never a secret. */
  before?: JsonMap | null;
  after?: JsonMap | null;
  detail?: JsonMap | null;
}

/** Remembers what somebody did, best in the transaction that does it. Edits of tasks, conflicts and runs write theirs by themselves. */
export async function addAudit(
  db: Queryable,
  { name, from }: Pick<Actor, "name" | "from">,
  entry: NewAuditEntry,
): Promise<void> {
  const json = (value: JsonMap | null | undefined) => (value ? JSON.stringify(value) : null);
  await db.query(
    `INSERT INTO audit_entries (actor, address, action, subject, subject_id, source, before, after, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      name,
      from ?? null,
      entry.action,
      entry.subject,
      entry.subject_id ?? null,
      entry.source ?? null,
      json(entry.before),
      json(entry.after),
      json(entry.detail),
    ],
  );
}
