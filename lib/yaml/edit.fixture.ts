import { expect } from "vitest";
import type { Json } from "../json.ts";
import type { EditRequest, YamlEdit } from "./edit-request.ts";
import { editSchedule } from "./edit.ts";
import { readSchedule } from "./read.ts";

/** An update of one task; the paths are written as `params.x`. */
export const update = (key: string, changes: Record<string, Json | undefined>): YamlEdit => ({
  kind: "update",
  key,
  changes: Object.entries(changes).map(([path, value]) => ({ path: path.split("."), value })),
});
export const NEW = { id: 9, skill_name: "new", schedule_cron: "* * * * *" };

/** The removed and added lines, as a diff shows them. */
function lineDiff(before: string, after: string): string[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const common = a.map(() => new Array<number>(b.length + 1).fill(0));
  common.push(new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push(`-${a[i++]}`);
    else lines.push(`+${b[j++]}`);
  }
  return lines;
}

/**
 * Makes the edits in the text, checks the returned document against the new text, and returns the changed
 * lines.
 */
export function diffOf(text: string, request: EditRequest): string[] {
  const result = editSchedule(readSchedule(text), request);
  if (!result.ok) throw new Error(result.problem.message);
  const again = readSchedule(result.text);
  expect([...again.keys()].map((key) => again.fingerprintOf(key))).toEqual(
    [...result.document.keys()].map((key) => result.document.fingerprintOf(key)),
  );
  return lineDiff(text, result.text);
}

/** A schedule with comments and several styles. */
export const FILE = `# Nightly jobs
metadata:
  last_sync: 2026-01-01T00:00:00Z  # kept by the sync
  sync_source: "yaml"

tasks:
  # the backup
  - id: 1
    skill_name: "backup"
    schedule_cron: '0 3 * * *'   # nightly
    status: pending
    next_run_at: 2026-01-31T03:00:00Z
    params: {x: 1}  # inline
    updated_at: "2026-01-01 00:00:00"

  # ---- reports ----

  # the report
  - id: two
    skill_name: report
    schedule_cron: 0 3 * * *
    description: |  # two lines
      foo
      bar
    params:  # nested
      a: 1   # one
      # inner
      to:
        - x@example.com
        - y@example.com # why
    # about the report

  - id: 3
    skill_name: last
    schedule_cron: 1 * * * *
    params:
# another section
other: 1
`;
