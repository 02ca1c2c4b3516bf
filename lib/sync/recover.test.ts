import { describe, expect, it } from "vitest";
import { contentOf } from "../task/content.ts";
import {
  completionAfterCrash,
  type IntentItem,
  isEditedSince,
  rememberingCarried,
  writtenItems,
} from "./recover.ts";
import { BASE } from "./testing/candidate.ts";
import { row } from "./testing/simulator.ts";
import type { Ancestor } from "./types.ts";

const BEFORE = row(BASE);
const AFTER = row({ ...BASE, description: "after" });
const ancestor: Ancestor = {
  content: contentOf(AFTER),
  fieldsLeftBehind: { next_run_at: null },
  carried: { description: 4 },
};
const item: IntentItem = {
  key: "1",
  databaseBefore: contentOf(BEFORE),
  databaseAfter: AFTER,
  ancestor,
  fingerprint: "written",
};

describe("a run that was killed after it had written the file is completed", () => {
  it.each<[string, Partial<IntentItem>, typeof BEFORE | null, ReturnType<typeof completionAfterCrash>]>([
    ["with the row that it meant", {}, BEFORE, { row: AFTER, ancestor }],
    ["with the row's deletion", { databaseAfter: null }, BEFORE, { row: null, ancestor }],
    ["with the row's creation", { databaseBefore: null }, null, { row: AFTER, ancestor }],
    [
      "without a row that was edited since, whose author saw the row of before",
      {},
      row({ ...BASE, description: "since" }),
      {
        row: undefined,
        ancestor: {
          content: contentOf(BEFORE),
          fieldsLeftBehind: { next_run_at: null },
          carried: { description: 4 },
        },
      },
    ],
    [
      "without a row that was deleted since",
      { ancestor: { content: contentOf(AFTER), fieldsLeftBehind: {} } },
      null,
      { row: undefined, ancestor: { content: contentOf(BEFORE), fieldsLeftBehind: {}, carried: {} } },
    ],
    [
      "without a row that it had deleted, and that was edited since",
      { databaseAfter: null, ancestor: null },
      AFTER,
      { row: undefined, ancestor: { content: contentOf(BEFORE), fieldsLeftBehind: {}, carried: {} } },
    ],
    [
      "without a row that another has created",
      { databaseBefore: null },
      AFTER,
      { row: undefined, ancestor: null },
    ],
    ["in the file alone", { databaseAfter: undefined }, AFTER, { row: undefined, ancestor }],
  ])("%s", (_, change, now, completion) => {
    expect(completionAfterCrash({ ...item, ...change }, now)).toEqual(completion);
  });
});

it.each<[string, Partial<IntentItem>, string | null, boolean]>([
  ["as it stood before the write", { fingerprintBefore: "before" }, "before", false],
  ["as it was written", { fingerprintBefore: "before" }, "written", false],
  ["as neither", { fingerprintBefore: "before" }, "since", true],
  ["gone since", { fingerprintBefore: "before" }, null, true],
  ["gone, as before", { fingerprintBefore: null }, null, false],
  ["of an earlier release, which has not noted how it stood", {}, "since", false],
])("a task is edited since where it is neither as before nor as written: %s", (_, change, now, edited) => {
  expect(isEditedSince({ ...item, ...change }, now)).toBe(edited);
});

it.each<[string, string[], string[]]>([
  ["both halves and another task", ["1", "2", "8"], ["1", "2", "8"]],
  ["one half, which the file may say by chance", ["1", "2"], ["1"]],
  ["the other half", ["1", "8"], ["1"]],
  ["neither half", ["1"], ["1"]],
])("a rename was written where the file says so of both halves: %s", (_, says, written) => {
  const items = [item, { ...item, key: "2" }, { ...item, key: "8", renamedFrom: "2" }];
  expect(writtenItems(items, ({ key }) => says.includes(key)).map(({ key }) => key)).toEqual(written);
});

it("of a task that was edited since, what the run had brought into the file is remembered as the database's", () => {
  const before: Ancestor = { content: contentOf(BEFORE), fieldsLeftBehind: {}, carried: { skill_name: 2 } };
  const remembered = { ...before, carried: { skill_name: 2, description: 4 } };
  expect(rememberingCarried(before, item)).toEqual(remembered);
  expect(rememberingCarried(before, { ...item, ancestor: null })).toEqual(before);
});
