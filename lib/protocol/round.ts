import { z } from "zod";
import { timeSchema } from "./json.ts";
import { runSummarySchema } from "./run.ts";
import { triggerKindSchema } from "./trigger.ts";
import { progressSchema } from "./progress.ts";

/** The states of a source in a round. All but the first two are final. */
const ROUND_STATES = [
  "waiting",
  "running",
  "succeeded",
  "conflicted",
  "halted",
  "failed",
  "skipped",
] as const;
export const roundStateSchema = z.enum(ROUND_STATES);
export type RoundState = z.infer<typeof roundStateSchema>;

export const roundSourceSchema = z
  .object({
    source: z.string(),
    state: roundStateSchema,
    reason: z.string().optional().describe("Why the source was skipped, or what it waits for"),
    run: runSummarySchema.optional(),
    progress: progressSchema
      .nullable()
      .describe("How far the run is; only for a run that is going on and takes long"),
  })
  .meta({ id: "RoundSource" });
export type RoundSource = z.infer<typeof roundSourceSchema>;

/** Sources that run together, parents before their dependents. */
export const roundSchema = z
  .object({
    id: z.uuid(),
    trigger: triggerKindSchema,
    requested_by: z.string(),
    started_at: timeSchema,
    finished_at: timeSchema.nullable(),
    done: z.int().min(0),
    total: z.int().min(0),
    sources: z.array(roundSourceSchema).describe("In the order in which the sources start"),
  })
  .meta({ id: "Round" });
export type RoundJson = z.infer<typeof roundSchema>;

export const roundAnswerSchema = z.object({ round: roundSchema });

export const triggerAnswerSchema = z.object({
  run: runSummarySchema
    .optional()
    .describe("The run of the named source; when several sources ran, the run with the worst outcome"),
  round: roundSchema.optional().describe("Set when several sources run, or when the request does not wait"),
});
export type TriggerAnswer = z.infer<typeof triggerAnswerSchema>;

/** Answer of the cron route: what was run, or why nothing was run. */
export const cronAnswerSchema = z.union([
  triggerAnswerSchema,
  z.object({ skipped: z.literal(true), reason: z.string() }),
]);
