import { z } from "zod";
import { timeSchema } from "./json.ts";
import { runSummarySchema } from "./run.ts";

/** An earlier version of the file that came back, while its tasks still wait for a person. */
export const olderFileSchema = z
  .object({
    source: z.string(),
    revision: z.string().describe("The revision that came back"),
    seen_at: timeSchema.describe("When the file had it last, before it came back"),
    returned_at: timeSchema,
    run_id: z.uuid().describe("The run that found it, and took over what only the file had changed since"),
    tasks: z
      .int()
      .min(1)
      .describe("Tasks in which it takes back edits of the database; they wait for a person"),
  })
  .meta({ id: "OlderFile" });
export type OlderFileJson = z.infer<typeof olderFileSchema>;

export const olderFileBodySchema = z
  .strictObject({
    keep: z
      .enum(["newest", "older"], "must be newest or older")
      .describe(
        "`newest` puts the newest version back in the file; `older` gives the database what the file says",
      ),
    revision: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe(
        "The revision that was shown; the request is refused (409) when another one has come back since",
      ),
    plan_hash: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe("Confirms the deletions of the plan that halted the choice, as `runs[0].halt` names it"),
  })
  .meta({ id: "OlderFileBody" });
export type OlderFileBody = z.infer<typeof olderFileBodySchema>;

export const olderFileAnswerSchema = z.object({
  runs: z.array(runSummarySchema).describe("The runs that carried the choice out, in their order"),
  resolved: z.array(z.uuid()).describe("The conflicts that the choice ended"),
  refused: z.array(z.object({ conflict_id: z.string(), code: z.string(), message: z.string() })),
});
export type OlderFileAnswer = z.infer<typeof olderFileAnswerSchema>;
