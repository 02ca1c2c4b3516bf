import { stringify } from "csv-stringify/sync";
import { canonicalJson, type Json, type JsonMap } from "../../lib/json.ts";
import type { AuditEntry } from "../../lib/protocol/audit.ts";

const COLUMNS = [
  "at",
  "actor",
  "address",
  "action",
  "subject",
  "subject_id",
  "source",
  "task_id",
  "run_id",
  "changes",
  "before",
  "after",
  "detail",
] as const;

/**
 * A CSV file for spreadsheets, sent page by page as the client reads it. Text that a spreadsheet would run as
 * a formula is quoted, because task fields and names come from other people.
 */
export function auditCsv(pages: AsyncGenerator<AuditEntry[]>): Response {
  const encoder = new TextEncoder();
  let begun = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // Excel needs the byte order mark to read UTF-8.
      if (!begun) controller.enqueue(encoder.encode(`\uFEFF${lines([[...COLUMNS]])}`));
      begun = true;
      const next = await pages.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(lines(next.value.map(cells))));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="lockstep-audit.csv"',
      "Cache-Control": "no-store",
    },
  });
}

function lines(records: unknown[][]): string {
  return stringify(records, { escape_formulas: true, record_delimiter: "windows" });
}

function said(value: Json | undefined): string {
  return value === undefined ? "(absent)" : JSON.stringify(value);
}

function cells(entry: AuditEntry): (string | null)[] {
  const json = (value: JsonMap | null) => value && canonicalJson(value);
  const changes = entry.diff
    .map(({ field, before, after }) => `${field}: ${said(before)} -> ${said(after)}`)
    .join("; ");
  const { at, actor, address, action, subject, subject_id, source, task_id, run_id } = entry;
  return [
    at,
    actor,
    address,
    action,
    subject,
    subject_id,
    source,
    task_id,
    run_id,
    changes,
    json(entry.before),
    json(entry.after),
    json(entry.detail),
  ];
}
