import type { JsonMap } from "../../lib/json.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { AuditSubject } from "../../lib/protocol/audit.ts";
import type { Queryable } from "./pool.ts";

export interface NewAuditEntry {
  /** The past tense of what happened, such as `user_created` or `token_revoked`. */
  action: string;
  /** Decides who may read the entry; see `lib/protocol/audit.ts`. */
  subject: AuditSubject;
  /** The id of the user, token or source. */
  subject_id?: string | null;
  source?: string | null;
  /** Must not hold a secret. */
  before?: JsonMap | null;
  after?: JsonMap | null;
  detail?: JsonMap | null;
}

/**
 * Adds an entry to the audit log, in the transaction of the change where possible. Edits of tasks, conflicts
 * and runs add their entries by themselves.
 */
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
