import { expect, it } from "vitest";
import { cronError } from "../../lib/schedule/cron.ts";
import { cronOf, planOf } from "./cron-plan.ts";

it.each([
  "*/15 * * * *",
  "* * * * *",
  "30 */6 * * *",
  "0 * * * *",
  "0 2 * * *",
  "5 8 * * 1,3,5",
  "0 0 31 * *",
])("%s is shown by the builder and written as it was", (cron) => {
  const plan = planOf(cron);
  expect(plan).not.toBeNull();
  expect(plan && cronOf(plan)).toBe(cron);
  expect(cronError(cron)).toBeNull();
});

it.each(["*/7 * * * *", "0 2 1 1 *", "0 2 1 * 1", "0 2-4 * * *", "0 0 2 * * *", "@daily", "0 2 * * MON", ""])(
  "%s is left to the text",
  (cron) => {
    expect(planOf(cron)).toBeNull();
  },
);
