import { z } from "zod";
import { timeSchema } from "./json.ts";
import { problemSchema } from "./problem.ts";

export const PULL_KINDS = ["full", "incremental", "part"] as const;
export type PullKind = (typeof PULL_KINDS)[number];
export const PULL_STATES = ["running", "complete", "incomplete", "halted", "abandoned"] as const;
export type PullState = (typeof PULL_STATES)[number];

const count = z.int().min(0);

/** The record of a pull: what proves that it was complete, or why it proves nothing. */
export const pullSchema = z
  .object({
    id: z.uuid(),
    source: z.string(),
    run_id: z
      .uuid()
      .describe("The run in the history; it is not recorded when a periodic pull found nothing to do"),
    kind: z
      .enum(PULL_KINDS)
      .describe(
        "full: all items. incremental: what is new since the cursor. part: single objects, or the lists of some parents",
      ),
    state: z
      .enum(PULL_STATES)
      .describe(
        "Only a complete full or part pull deletes. halted: complete, and its deletions wait for an admin",
      ),
    started_at: timeSchema,
    finished_at: timeSchema.nullable(),
    resumed: count.describe("How often another process has gone on with it"),
    pass: z.int().min(1).describe("How often lists were read: again, when items moved or are missing"),
    pages: count,
    items: count,
    unique_ids: count,
    declared_total: count.nullable().describe("How many items the answers tell of; null when they do not"),
    lists: count.nullable().describe("How many lists there are: one, or one for each parent"),
    lists_read: count,
    last_request: z.string().nullable().describe("The last page seen, without secrets"),
    first_page: z
      .enum(["unchanged", "changed"])
      .nullable()
      .describe("The first page of each list of several pages when it was read again; null: there was none"),
    created: count,
    updated: count,
    deleted: count,
    reason: z.string().nullable().describe("Why the pull is not complete, or was halted"),
    problems: z.array(problemSchema),
  })
  .meta({ id: "Pull" });
export type PullJson = z.infer<typeof pullSchema>;

export const pullListSchema = z.object({
  pulls: z.array(pullSchema).describe("Newest first"),
  next_cursor: z.string().nullable(),
});
export type PullListJson = z.infer<typeof pullListSchema>;
