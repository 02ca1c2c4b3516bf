import type { RunRequest } from "../../../lib/run/request.ts";
import type { Choice } from "../../../lib/sync/types.ts";
import { asActor } from "../../store/transaction.ts";
import {
  SAMPLE,
  startTestSource,
  type TestSource,
  type TestSourceOptions,
} from "../../testing/test-source.ts";

export const BOTH_WAYS: RunRequest = { kind: "sync", direction: "bidirectional" };

export const TEXT = `${SAMPLE}
  - id: 5
    skill_name: mail
    schedule_cron: "0 7 * * *"
    status: active
`;

/** One edit of each kind, and the conflict that an older file makes of it. */
export const EDITS = [
  {
    sql: "UPDATE tasks SET description = 'From the database' WHERE id = '1'",
    conflict: { task_id: "1", kind: "modify_modify", fields: ["description"] },
  },
  {
    sql: `UPDATE tasks SET params = '{"retries": 9, "timeout": 10}' WHERE id = '2'`,
    conflict: { task_id: "2", kind: "modify_modify", fields: ["params.retries"] },
  },
  {
    sql: "DELETE FROM tasks WHERE id = '3'",
    conflict: {
      task_id: "3",
      kind: "modify_delete",
      fields: ["skill_name", "schedule_cron", "description"],
    },
  },
  {
    sql: "INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('4', 'new', '1 1 * * *')",
    conflict: { task_id: "4", kind: "delete_modify", fields: ["skill_name", "schedule_cron", "next_run_at"] },
  },
  {
    sql: "UPDATE tasks SET status = 'paused' WHERE id = '5'",
    conflict: { task_id: "5", kind: "modify_modify", fields: ["status"] },
  },
];
export const ALL_OF_THEM = EDITS.map(({ conflict }) => conflict);

/** Starts a source that both sides agree on. */
export async function startAgreed(options: TestSourceOptions = {}): Promise<TestSource> {
  const source = await startTestSource({ yaml: TEXT, ...options, imported: false });
  await source.run("startup", BOTH_WAYS);
  return source;
}

/** Edits rows as the API does, and carries the edits into the file. */
export async function editRows(source: TestSource, ...statements: string[]): Promise<string> {
  const actor = { name: "user:ada@example.com", from: undefined };
  await asActor(
    source.pool,
    actor,
    async (tx) => {
      for (const sql of statements) await tx.query(sql);
    },
    500,
  );
  await source.run("manual", BOTH_WAYS);
  await source.expectInStep();
  return source.read();
}

/** A person adds task 6 to the file. */
export async function addSix(source: TestSource, more = ""): Promise<void> {
  const six = `  - id: 6\n    skill_name: six\n    schedule_cron: '1 1 * * *'\n${more}`;
  await source.edit("  - id: 3\n", `${six}  - id: 3\n`);
  await source.run("watch");
}

/** A person puts back a text of the file. */
export async function putBack(source: TestSource, text: string): Promise<void> {
  await source.write(text);
  await source.run("watch");
}

/** A person decides every open conflict alike. */
export async function resolveAll(source: TestSource, choice: Choice): Promise<void> {
  const open = await source.conflicts();
  const resolutions = open.map(({ id, task_id, revision }) => ({
    conflict_id: id,
    task_id,
    revision,
    choice,
  }));
  await source.run("resolution", { kind: "resolution", resolutions });
}
