import { expect, it } from "vitest";
import type { ActivityJson } from "../../lib/protocol/activity.ts";
import { activityInWords, bucketName } from "./activity-words.ts";

const bucket = {
  at: "2026-11-22T06:00:00.000Z",
  succeeded: 2,
  conflicted: 0,
  halted: 0,
  failed: 0,
  changes: 1,
};
const activity = (buckets: ActivityJson["buckets"]): ActivityJson => ({
  range: "day",
  bucket_ms: 3_600_000,
  buckets,
});

it("sums up", () => {
  expect(activityInWords(activity([bucket]))).toBe("2 runs, 1 change");
  expect(
    activityInWords(activity([bucket, { ...bucket, conflicted: 1, halted: 1, failed: 2, changes: 0 }])),
  ).toBe("8 runs, 1 change, 1 with conflicts, 3 failed or halted");
});

it.each([
  [3_600_000, "06:00"],
  [6 * 3_600_000, "22 Nov 06:00"],
  [86_400_000, "22 Nov"],
])("names a bucket of %i ms", (bucket_ms, name) => expect(bucketName(bucket, { bucket_ms })).toBe(name));
