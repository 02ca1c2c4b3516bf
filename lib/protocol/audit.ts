import { z } from "zod";
import { jsonMapSchema, taskIdTextSchema, timeSchema } from "./json.ts";

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: timeSchema,
    actor: z.string(),
    action: z.string(),
    source: z.string().nullable(),
    task_id: taskIdTextSchema.nullable(),
    before: jsonMapSchema.nullable(),
    after: jsonMapSchema.nullable(),
    detail: jsonMapSchema.nullable(),
    run_id: z.uuid().nullable(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditListSchema = z.object({ entries: z.array(auditEntrySchema), next_cursor: z.string().nullable() });
export type AuditListJson = z.infer<typeof auditListSchema>;
