import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

/** A hand that writes comments, quotes, own orders of keys, blocks, anchors, and no next runs. */
const BY_HAND = `# The schedule of jobs.
metadata:
  last_sync: '2026-01-01T00:00:00Z' # by the deployment
  sync_source: yaml

tasks:
  # nightly
  - id: 1
    schedule_cron: "0 2 * * *" # at two
    skill_name: 'daily-backup'   # quoted
    description: >-
      Back up
      everything
    params: { keep_days: 30, 'mode': "full" }

  # hourly, after the backup
  # (two lines)
  - schedule_cron: "0 * * * *"
    id: 2
    skill_name: health-check
    description: Check     # beside
    params:
      retries: 3


  - {id: 3, skill_name: 'weekly-report', schedule_cron: "0 8 * * 1", description: Report}
  # the last one
  - id: 4
    skill_name: cleanup
    schedule_cron: "*/5 * * * *"
    params:
      script: |
        # not a comment
        rm -rf tmp
    status: active   # explicitly

# the end
`;

const WITHOUT_METADATA = BY_HAND.replace(/metadata:[^]*?\n\n/, "");

const STYLES: Record<string, string> = {
  "a file with metadata": BY_HAND,
  "line breaks of Windows": WITHOUT_METADATA.replaceAll("\n", "\r\n"),
  "no line break at the end": WITHOUT_METADATA.replace(/\n\n# the end\n$/, ""),
  "no line break at the end, and a block above the last task": WITHOUT_METADATA.replace(
    /\n {2}- \{id: 3[^]*$/,
    "  - id: 3\n    skill_name: weekly\n    schedule_cron: '0 8 * * 1'\n    description: |\n      a\n      b\n  - {id: 4, skill_name: cleanup, schedule_cron: '* * * * *'}",
  ),
  "anchors between tasks": WITHOUT_METADATA.replace(
    "params:\n      retries",
    "params: &p\n      retries",
  ).replace("    params:\n      script", "    more: *p\n    params:\n      script"),
  "a list in brackets": `tasks: [
  {id: 1, skill_name: 'daily-backup', schedule_cron: "0 2 * * *", description: 'Back up'}, # one
  # two
  {id: 2, skill_name: health-check, schedule_cron: "0 * * * *", description: Check},
  {id: 3, skill_name: "weekly-report", schedule_cron: "0 8 * * 1", description: Report},
  {id: 4, skill_name: cleanup, schedule_cron: "*/5 * * * *"}
]
`,
};

const EDITS: Record<string, string[]> = {
  "a deletion": ["DELETE FROM tasks WHERE id = '2'"],
  "a deletion of the last": ["DELETE FROM tasks WHERE id = '4'"],
  "text of several lines": ["UPDATE tasks SET description = E'a\\nb\\n' WHERE id = '4'"],
  "deletions side by side": ["DELETE FROM tasks WHERE id IN ('1', '2')"],
  "an edit": ["UPDATE tasks SET description = 'on', params = '{\"retries\": 4}' WHERE id IN ('1', '2')"],
  "an edit that takes a field away": ["UPDATE tasks SET description = NULL WHERE id = '2'"],
  "a creation": ["INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('9', 'new', '1 1 * * *')"],
  "all at once": [
    "DELETE FROM tasks WHERE id = '3'",
    "UPDATE tasks SET skill_name = 'other' WHERE id = '1'",
    "INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('9', 'new', '1 1 * * *')",
  ],
};

let source: TestSource;
afterEach(() => source.stop());

const undo = (reverts: string) => source.run("rollback", { kind: "rollback", reverts });
const rows = () =>
  source.sql(
    "SELECT to_jsonb(t) - '{version,updated_at,updated_by,changed_at}'::text[] FROM tasks t ORDER BY id",
  );

it.each(Object.entries(STYLES))(
  "an undo in %s gives the same bytes, and undoing that the edit's",
  async (_style, yaml) => {
    source = await startTestSource({ yaml });
    const before = await rows();
    for (const [name, statements] of Object.entries(EDITS)) {
      for (const statement of statements) await source.sql(statement);
      const edit = await source.run();
      const edited = await source.read();
      expect(edited, name).not.toBe(yaml);
      const undone = await undo(edit.id);
      expect(undone, name).toMatchObject({ outcome: "succeeded", problems: [] });
      expect(await source.read(), name).toBe(yaml);
      expect(await rows(), name).toEqual(before);
      await source.expectInStep();
      if (name !== "all at once") continue;
      const redone = await undo(undone.id);
      expect((await source.read()).replace(/last_sync.*/, ""), name).toBe(edited.replace(/last_sync.*/, ""));
      await undo(redone.id);
      expect(await source.read(), name).toBe(yaml);
    }
    await source.expectInStep();
  },
);

describe("an undo", () => {
  beforeEach(async () => {
    source = await startTestSource({ yaml: WITHOUT_METADATA });
  });

  it("of a deletion in the file puts the task's lines back at their place", async () => {
    const lines = /\n {2}# hourly[^]*?retries: 3\n/;
    await source.edit(lines, "");
    const { id } = await source.run();
    await undo(id);
    expect(await source.read()).toBe(WITHOUT_METADATA);
    await source.expectInStep();
  });

  it("of a new schedule in the file adds no line for the earlier next run", async () => {
    const before = await rows();
    await source.edit("0 2 * * *", "0 5 1 * *");
    const { id } = await source.run();
    await undo(id);
    expect(await source.read()).toBe(WITHOUT_METADATA);
    expect(await rows()).toEqual(before);
    await source.expectInStep();
  });

  it("takes a created task away also where its neighbour was edited since, and is not undone", async () => {
    await source.sql("INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('9', 'new', '1 1 * * *')");
    await source.sql("UPDATE tasks SET status = 'running' WHERE id = '4'");
    const { id } = await source.run();
    await source.sql("UPDATE tasks SET status = 'completed' WHERE id = '4'");
    await undo(id);
    expect(await source.read()).toBe(WITHOUT_METADATA.replace("status: active", "status: completed"));
    await source.expectInStep();
  });

  it("puts a task back below the one that stood above it, though its neighbours were edited since", async () => {
    await source.sql("DELETE FROM tasks WHERE id = '2'");
    const { id } = await source.run();
    await source.edit("  # the last one\n", "  # about four\n");
    await source.edit("keep_days: 30", "keep_days: 60");
    await source.edit(
      "  - {id: 3,",
      "  # in between\n  - {id: 5, skill_name: five, schedule_cron: '1 1 * * *'}\n  - {id: 3,",
    );
    await source.run();
    await undo(id);
    const text = await source.read();
    const own = /\n {2}# hourly[^]*?retries: 3\n/.exec(WITHOUT_METADATA)?.[0] ?? "";
    expect(text).toContain(`'mode': "full" }\n${own}`);
    for (const later of ["keep_days: 60", "# about four", "# in between\n  - {id: 5,"])
      expect(text).toContain(later);
    expect([...text.matchAll(/\bid: (\d)/g)].map(([, each]) => each)).toEqual(["1", "2", "5", "3", "4"]);
    await source.expectInStep();
  });

  it("puts it above the one that stood below it, where the one above is gone, and else at the end", async () => {
    await source.sql("DELETE FROM tasks WHERE id = '2'");
    const { id } = await source.run();
    await source.sql("DELETE FROM tasks WHERE id = '1'");
    const first = await source.run();
    await source.edit("description: Report", "description: Later");
    await source.run();
    await undo(id);
    expect(await source.read()).toMatch(/# hourly[^]*id: 2[^]*id: 3, [^]*Later[^]*id: 4/);
    for (const gone of ["2", "3"]) {
      await source.sql("DELETE FROM tasks WHERE id = $1", [gone]);
      await source.run();
    }
    await undo(first.id);
    expect(await source.read()).toMatch(/id: 4[^]*# nightly\n {2}- id: 1\n/);
    await source.expectInStep();
  });

  it("of a field puts its quoting and comment back, beside what was edited since", async () => {
    await source.sql("UPDATE tasks SET description = E'two\\nlines' WHERE id = '2'");
    const { id } = await source.run();
    await source.edit("skill_name: health-check", "skill_name: health-check # watched");
    await source.sql("UPDATE tasks SET params = '{\"retries\": 5}' WHERE id = '2'");
    await source.run();
    await undo(id);
    expect(await source.read()).toBe(
      WITHOUT_METADATA.replace("health-check", "health-check # watched").replace("retries: 3", "retries: 5"),
    );
    await source.expectInStep();
  });

  it("never goes over the same field edited since: that is a conflict", async () => {
    await source.sql("UPDATE tasks SET description = 'one' WHERE id = '2'");
    const { id } = await source.run();
    await source.edit("description: one ", "description: 'two' ");
    await source.run();
    await undo(id);
    expect(await source.read()).toContain("description: 'two'     # beside");
    expect(await source.conflicts()).toHaveLength(1);
  });

  it.each(["ask", "keep_db", "merge"])("of a resolution (%s) puts the file's lines back", async (policy) => {
    await source.sql("UPDATE sources SET settings = $1", [
      policy === "ask" ? {} : { conflict_policy: policy },
    ]);
    const edited = WITHOUT_METADATA.replace("Check     # beside", "'By hand'   # my words");
    await source.write(edited);
    await source.sql("UPDATE tasks SET description = 'From SQL' WHERE id = '2'");
    let run = await source.run();
    if (policy === "ask") {
      const [conflict] = await source.conflicts();
      run = await source.run("resolution", {
        kind: "resolution",
        resolutions: [{ conflict_id: conflict?.id ?? "", task_id: "2", choice: "keep_database" }],
      });
    }
    const decided = await source.read();
    if (policy !== "merge") expect(decided).not.toBe(edited);
    expect(await undo(run.id)).toMatchObject({ outcome: "conflicted" });
    expect(await source.read()).toBe(edited);
    expect(await source.conflicts()).toMatchObject([{ yaml_data: { description: "By hand" } }]);
  });
});

it("an undo whose lines fit only beside a task that is not undone writes the values", async () => {
  source = await startTestSource({
    yaml: `tasks:\n- id: 1\n  skill_name: backup\n  schedule_cron: "0 2 * * *"\n`,
  });
  await source.sql("DELETE FROM tasks WHERE id = '1'");
  await source.sql("INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('9', 'new', '1 1 * * *')");
  const { id } = await source.run();
  expect(await source.read()).toMatch(/^ {2}- id: /m);
  await source.sql("UPDATE tasks SET description = 'since' WHERE id = '9'");
  expect(await undo(id)).toMatchObject({ outcome: "succeeded", problems: [{ task_id: "9" }] });
  expect(await source.read()).toMatch(/skill_name: backup/);
  await source.run();
  await source.expectInStep();
});
