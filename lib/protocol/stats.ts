import { z } from "zod";
import { ACTIVITY_RANGES } from "./activity.ts";
import { timeSchema } from "./json.ts";

const count = z.int().min(0);
const milliseconds = z.number().min(0);

const figures = {
  runs: count,
  succeeded: count,
  conflicted: count,
  halted: count,
  failed: count,
  created: count.describe("Tasks that these runs created; likewise `updated` and `deleted`"),
  updated: count,
  deleted: count,
  success_rate: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("The share of runs that neither failed nor halted; null without a run"),
  runs_per_hour: z.number().min(0),
  changes_per_hour: z.number().min(0).describe("Tasks created, updated and deleted in an hour"),
  duration_ms: z
    .object({ average: milliseconds, median: milliseconds, p95: milliseconds, longest: milliseconds })
    .nullable()
    .describe("How long the runs took, in milliseconds; 95 of 100 took at most `p95`. Null without a run"),
};
export const statsFiguresSchema = z.object(figures).meta({ id: "StatsFigures" });
export type StatsFigures = z.infer<typeof statsFiguresSchema>;

export const statsSchema = z
  .object({
    range: z.enum(ACTIVITY_RANGES),
    from: timeSchema,
    to: timeSchema,
    bucket_ms: z.int().min(1),
    totals: statsFiguresSchema.describe("All runs that began between `from` and `to`"),
    sources: z
      .array(z.object({ source: z.string(), ...figures }))
      .describe("The same by source, the one with the most runs first; sources without a run are left out"),
    buckets: z
      .array(z.object({ at: timeSchema.describe("When the bucket begins"), ...figures }))
      .describe("The same by period, oldest first; periods without a run are left out"),
  })
  .meta({ id: "Stats" });
export type StatsJson = z.infer<typeof statsSchema>;
