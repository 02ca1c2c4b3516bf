import { z } from "zod";
import { type Actor, mayActAs } from "./actor.ts";
import { jsonMapSchema, taskIdTextSchema, timeSchema } from "./json.ts";
import { fieldDiffSchema } from "./run.ts";

/** The kinds of things that an entry can be about. */
export const AUDIT_SUBJECTS = ["task", "conflict", "run", "setting", "user", "token"] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];

/** Entries about users and tokens are for admins only. So are the addresses in all entries. */
const ADMIN_SUBJECTS: ReadonlySet<AuditSubject> = new Set(["user", "token"]);

/** The part of the audit that a role may read. Every role sees who changed which task and how. */
export function auditScope(actor: Pick<Actor, "role">): {
  subjects: readonly AuditSubject[];
  addresses: boolean;
} {
  if (mayActAs(actor, "admin")) return { subjects: AUDIT_SUBJECTS, addresses: true };
  return { subjects: AUDIT_SUBJECTS.filter((subject) => !ADMIN_SUBJECTS.has(subject)), addresses: false };
}

/** How many entries one entry stands for, by what they did. */
const auditGroupSchema = z
  .object({ count: z.int(), created: z.int(), updated: z.int(), deleted: z.int() })
  .meta({ id: "AuditGroup" });
export type AuditGroup = z.infer<typeof auditGroupSchema>;

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: timeSchema,
    actor: z
      .string()
      .describe("`user:<email>`, `token:<name>`, `sql:<database role>`, `file`, or a part of Lockstep"),
    address: z.string().nullable().describe("The address of the client; for admins only"),
    action: z.string().describe("Such as `task_updated`, `conflict_resolved`, `token_revoked`"),
    subject: z
      .enum(AUDIT_SUBJECTS)
      .describe("What the entry is about; entries about `user` and `token` are for admins only"),
    subject_id: z.string().nullable(),
    source: z.string().nullable(),
    task_id: taskIdTextSchema.nullable(),
    before: jsonMapSchema.nullable(),
    after: jsonMapSchema.nullable(),
    diff: z
      .array(fieldDiffSchema)
      .describe("What differs between `before` and `after`, without a task's stamps"),
    detail: jsonMapSchema.nullable(),
    run_id: z.uuid().nullable(),
    group: auditGroupSchema
      .optional()
      .describe(
        "With `collapse`: the entry stands for all changes of tasks that the run carried for the actor, and is the newest of them",
      ),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditListSchema = z.object({
  entries: z.array(auditEntrySchema),
  next_cursor: z.string().nullable(),
});
export type AuditListJson = z.infer<typeof auditListSchema>;
