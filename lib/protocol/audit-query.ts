import { z } from "zod";
import { AUDIT_SUBJECTS } from "./audit.ts";
import { cursorParam, flagParam, limitParam, listOf, sourceParam, text } from "./query.ts";

const time = (what: string) =>
  z
    .union(
      [z.iso.datetime({ offset: true }), z.iso.date()],
      "must be a time such as 2026-11-22T10:00:00Z, or a date",
    )
    .transform((given) => new Date(given).toISOString())
    .optional()
    .meta({ type: "string", format: "date-time", description: what });

const filter = z.strictObject({
  actor: text(200)
    .optional()
    .describe("One actor (`user:ada@example.com`, `file`) or a kind of actor: `user`, `token`, `sql`"),
  subject: listOf(AUDIT_SUBJECTS),
  action: listOfWords(),
  task_id: text(128).optional().describe("Everything that happened to the task, including its conflicts"),
  run_id: z.uuid().optional(),
  source: sourceParam,
  since: time("Not before"),
  until: time("Before"),
  q: text(200).optional().describe("Text anywhere in the entry"),
});
export type AuditFilter = z.output<typeof filter>;

export const auditQuery = filter.extend({
  limit: limitParam,
  cursor: cursorParam,
  collapse: flagParam(false).describe("One entry in place of the many changes that a run carried"),
});
export type AuditQuery = z.output<typeof auditQuery>;

/** The CSV file has all entries that match, so there are no pages. */
export const auditCsvQuery = filter;

/** A parameter that may be repeated or hold several words separated by commas. */
function listOfWords() {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((part) => part.split(","))
        .filter(Boolean),
    )
    .pipe(z.array(text(64).regex(/^[a-z_]+$/, "must be an action such as task_updated")).max(50))
    .optional()
    .meta({ type: "array", items: { type: "string" } });
}
