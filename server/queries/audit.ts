import { LockstepError } from "../../lib/errors.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import { type AuditEntry, type AuditListJson, auditScope } from "../../lib/protocol/audit.ts";
import type { AuditFilter, AuditQuery } from "../../lib/protocol/audit-query.ts";
import { type AuditScope, auditBefore } from "../store/read/audit.ts";
import { listGroups } from "./audit-groups.ts";
import { cursorTime, cutPage, openCursor } from "./cursor.ts";

const CSV_PAGE = 500;

type Reader = Pick<Actor, "role">;
type AuditWish = Omit<AuditQuery, "collapse"> & Partial<Pick<AuditQuery, "collapse">>;

/**
 * A page of the audit log, newest first.
 * @throws {LockstepError} forbidden for entries that only an admin may read
 */
export async function listAudit(
  { limit, cursor, subject, collapse = false, ...filter }: AuditWish,
  reader: Reader,
): Promise<AuditListJson> {
  if (collapse) return listGroups(filter, scopeOf(reader, subject), limit, cursor);
  const [at = null, id = null] = cursor === undefined ? [] : openCursor("audit", 2, cursor);
  const before = at === null || id === null ? null : { at: cursorTime(at) ?? at, id };
  const rows = await auditBefore(filter, scopeOf(reader, subject), before, limit + 1);
  const { page, next_cursor } = cutPage(rows, limit, "audit", (entry) => [entry.at, entry.id]);
  return { entries: page, next_cursor };
}

/**
 * The whole audit log in parts.
 * @throws {LockstepError} as `listAudit`, at once
 */
export function allAudit({ subject, ...filter }: AuditFilter, reader: Reader): AsyncGenerator<AuditEntry[]> {
  return pages(filter, scopeOf(reader, subject));
}

async function* pages(filter: AuditFilter, scope: AuditScope): AsyncGenerator<AuditEntry[]> {
  let before: AuditEntry | null = null;
  for (;;) {
    const page: AuditEntry[] = await auditBefore(filter, scope, before, CSV_PAGE);
    if (page.length > 0) yield page;
    if (page.length < CSV_PAGE) return;
    before = page.at(-1) ?? null;
  }
}

/** The only function that decides which part of the audit log a reader gets. */
function scopeOf(reader: Reader, wanted: AuditFilter["subject"]): AuditScope {
  const { subjects, addresses } = auditScope(reader);
  const hidden = wanted?.find((subject) => !subjects.includes(subject));
  if (hidden !== undefined) {
    throw new LockstepError(
      "forbidden",
      `entries about a ${hidden} are for admins; this account is ${reader.role}`,
    );
  }
  return { subjects: wanted ?? subjects, addresses };
}
