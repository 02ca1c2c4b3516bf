import { expect, it } from "vitest";
import { outcomeShares, percentInWords, rateInWords, sharesInWords } from "./stats-words.ts";

it.each([
  [0, "0 %"],
  [0.00001, "0.1 %"],
  [0.5, "50 %"],
  [0.9864, "98.6 %"],
  [0.99999, "99.9 %"],
  [1, "100 %"],
])("a share of %d is %s", (share, words) => expect(percentInWords(share)).toBe(words));

it.each([
  [0, "none"],
  [0.04, "less than one in ten hours"],
  [0.42, "0.4 an hour"],
  [5, "5 an hour"],
  [212.4, "212 an hour"],
])("%d in an hour is %s", (rate, words) => expect(rateInWords(rate)).toBe(words));

it("names only the outcomes that there were", () => {
  const figures = {
    runs: 3,
    succeeded: 2,
    conflicted: 0,
    halted: 0,
    failed: 1,
    created: 0,
    updated: 0,
    deleted: 0,
  };
  const rates = { success_rate: 0.5, runs_per_hour: 1, changes_per_hour: 0, duration_ms: null };
  expect(sharesInWords(outcomeShares({ ...figures, ...rates }))).toBe("2 succeeded, 1 failed");
  expect(sharesInWords([])).toBe("none");
});
