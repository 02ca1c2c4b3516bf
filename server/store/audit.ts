import type { JsonMap } from "../../lib/json.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { Queryable } from "./pool.ts";

export interface NewAuditEntry {
  action: string;
  subject: "setting";
  subject_id?: string | null;
  source?: string | null;
  before?: JsonMap | null;
  after?: JsonMap | null;
}

/** Remembers what somebody did, best in the transaction that does it. */
export async function addAudit(db: Queryable, { name }: Pick<Actor, "name">, entry: NewAuditEntry): Promise<void> {
  const json = (value: JsonMap | null | undefined) => (value ? JSON.stringify(value) : null);
  await db.query("INSERT INTO audit_entries (actor, action, source, before, after) VALUES ($1, $2, $3, $4, $5)", [
    name,
    entry.action,
    entry.source ?? null,
    json(entry.before),
    json(entry.after),
  ]);
}
