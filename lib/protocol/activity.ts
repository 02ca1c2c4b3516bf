import { z } from "zod";
import { timeSchema } from "./json.ts";

export const ACTIVITY_RANGES = ["day", "week", "month"] as const;
export type ActivityRange = (typeof ACTIVITY_RANGES)[number];

/** The length of each range and of its buckets, in milliseconds. */
export const ACTIVITY_SPANS: Readonly<Record<ActivityRange, { bucket: number; buckets: number }>> = {
  day: { bucket: 3_600_000, buckets: 24 },
  week: { bucket: 6 * 3_600_000, buckets: 28 },
  month: { bucket: 86_400_000, buckets: 30 },
};

const count = z.int().min(0);

export const activitySchema = z
  .object({
    range: z.enum(ACTIVITY_RANGES),
    bucket_ms: z.int().min(1),
    buckets: z
      .array(
        z.object({
          at: timeSchema.describe("When the bucket begins"),
          succeeded: count,
          conflicted: count,
          halted: count,
          failed: count,
          changes: count.describe("Tasks created, updated and deleted by these runs"),
        }),
      )
      .describe("Oldest first, without gaps; the last bucket contains the present"),
  })
  .meta({ id: "Activity" });
export type ActivityJson = z.infer<typeof activitySchema>;
