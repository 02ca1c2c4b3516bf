import { z } from "zod";
import type { TaskKey } from "../task/task.ts";

const stretchSchema = z.object({ tasks: z.array(z.string()), gaps: z.array(z.string()) });
/** Tasks that stand one below the other, with the text around each: `gaps` has one more than `tasks`. */
export type Stretch = z.infer<typeof stretchSchema>;

const seamSchema = z.object({
  above: z.string().nullable(),
  below: z.string().nullable(),
  before: stretchSchema,
  /** Null where the two tasks did not stand one below the other afterwards. */
  after: stretchSchema.nullable(),
});
/**
 * A place where tasks were taken out or put in, between two tasks that stood there before and after. `above` and
 * `below` are null at the start and the end of the list.
 */
export type Seam = z.infer<typeof seamSchema>;

/** The text around the tasks that a run changed, as history keeps it. */
export const textAroundSchema = z.object({
  seams: z.array(seamSchema),
  /**
   * Other tasks that were worded anew and say the same, by their ids: an alias is written out when the task with its
   * anchor goes.
   */
  reworded: z.record(z.string(), z.object({ before: z.string(), after: z.string() })),
  /** The values of the `metadata` section as they were written before and after the run. */
  metadata: z.record(z.string(), z.object({ before: z.string(), after: z.string() })),
});
export type TextAround = z.infer<typeof textAroundSchema>;

/** A task's own lines before and after a run; null: there were none, or they were not kept. */
export interface EarlierLines {
  before: string | null;
  after: string | null;
}

/** What a run did to the file's text. */
export interface EarlierText extends TextAround {
  tasks: ReadonlyMap<TaskKey, EarlierLines>;
}
