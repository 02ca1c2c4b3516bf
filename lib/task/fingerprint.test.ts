import { expect, it } from "vitest";
import { conflictRevision } from "../sync/conflict.ts";
import { readSchedule } from "../yaml/read.ts";
import { contentOf } from "./content.ts";
import { parseTask } from "./schema.ts";

// These values stand in the databases of running installations. When one of them changes, an upgrade takes
// every task for a changed one. A field added later must be marked `addedLater` in the table of fields.

const FILE = `tasks:
  - id: 1
    skill_name: daily-backup
    schedule_cron: "0 2 * * *"
  - id: nightly
    skill_name: report
    schedule_cron: "30 3 * * 1"
    next_run_at: 2026-01-31 03:00:00
    timezone: Europe/Berlin
    status: active
    description: Every Monday
    params:
      retries: 3
      deep: { list: [1, null, "x"] }
    owner: ops
    updated_at: 2026-01-30
`;

it("a task in the file has the fingerprint that it always had", () => {
  const document = readSchedule(FILE);
  expect(document.fingerprintOf("1")).toBe("6fccea5eb73fa283bbf4a652db477a6a");
  expect(document.fingerprintOf("nightly")).toBe("95a1123fe928253ddb83f37e7ead7396");
});

it("a conflict has the revision that it always had", () => {
  const task = (more: object) => {
    const parsed = parseTask({ id: 1, skill_name: "a", schedule_cron: "0 2 * * *", owner: "ops", ...more });
    if (!parsed.ok) throw new Error("not a task");
    return parsed.task;
  };
  const file = task({ description: "file", status: "active" });
  const database = task({ description: "database" });
  expect(conflictRevision("modify_modify", contentOf(task({})), file, database)).toBe(
    "14799887be6bb7594e6bd6ec8a4d783f",
  );
});
