import type { AuditListJson } from "../../lib/protocol/audit.ts";
import type { AuditQuery } from "../../lib/protocol/query.ts";
import { auditBefore } from "../store/read/audit.ts";
import { cursorTime, openCursor, sealCursor } from "./cursor.ts";

/** Who changed what, newest first. */
export async function listAudit({ limit, cursor, ...filter }: AuditQuery): Promise<AuditListJson> {
  const [at = null, id = null] = cursor === undefined ? [] : openCursor("audit", 2, cursor);
  const before = at === null || id === null ? null : { at: cursorTime(at) ?? at, id };
  const rows = await auditBefore(filter, before, limit + 1);
  const entries = rows.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next_cursor: rows.length > limit && last ? sealCursor("audit", [last.at, last.id]) : null };
}
