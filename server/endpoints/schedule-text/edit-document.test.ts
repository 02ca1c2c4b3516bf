import { expect, it } from "vitest";
import { readSchedule } from "../../../lib/yaml/read.ts";
import type { PlanItem } from "../../../lib/sync/types.ts";
import { editDocument } from "./edit-document.ts";

const TASKS = 200;
const AT = new Date("2026-03-01T12:00:00.000Z");
/** With an alias, so that each edit has to read the whole file again. */
const document = readSchedule(
  "tasks:\n" +
    '  - {id: a, skill_name: s, schedule_cron: "0 1 * * *", params: &p {k: 1}}\n' +
    '  - {id: b, skill_name: s, schedule_cron: "0 1 * * *", params: *p}\n' +
    Array.from(
      { length: TASKS },
      (_, n) => `  - id: ${n}\n    skill_name: s\n    schedule_cron: "0 1 * * *"\n    description: before\n`,
    ).join(""),
);
const describeAs = (key: string): PlanItem => ({
  key,
  action: "update",
  merged: false,
  before: null,
  after: null,
  file: { edits: [{ path: ["description"], value: "after" }], stamp: null },
  ancestor: null,
});
const all = Array.from({ length: TASKS }, (_, n) => describeAs(String(n)));

it("edits that cannot be made cost little more than the others, and keep none of them from being made", async () => {
  const began = performance.now();
  const without = await editDocument(document, all, AT);
  const usual = performance.now() - began;
  const items = [describeAs("gone"), ...all.slice(0, 70), describeAs("nowhere"), ...all.slice(70)];
  const again = performance.now();
  const edited = await editDocument(document, items, AT);
  expect(performance.now() - again).toBeLessThan(15 * usual + 1_000);
  expect(edited.document?.text).toBe(without.document?.text);
  expect([...edited.refused]).toMatchObject([
    ["gone", { code: "edit_refused", task_id: "gone" }],
    ["nowhere", { code: "edit_refused", task_id: "nowhere" }],
  ]);
});
