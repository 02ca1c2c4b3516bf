import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { ADMIN, type Lockstep, SCHEDULE } from "./lockstep.ts";

/** The tables with a server's tasks, runs and history, without its settings and users. */
const CONTENT = [
  ...["tasks", "ancestors", "pending_tasks", "task_edits", "conflicts", "sync_requests", "file_intents"],
  ...["file_revisions", "carried_deletions"],
  ...["runs", "run_changes", "file_authors", "audit_entries", "rounds", "round_sources"],
  ...["bulk_actions", "bulk_parts", "bulk_tasks"],
  ...["access_tokens", "access_links", "access_throttle", "saved_views"],
];
const OTHER_USERS = `SELECT id FROM access_users WHERE email <> '${ADMIN.email}'`;

/** Brings a running server into the state of a new start with this schedule: the admin, the tasks, and no history. */
export async function startAfresh(lockstep: Lockstep, schedule = SCHEDULE): Promise<void> {
  rmSync(join(lockstep.home, ".git"), { recursive: true, force: true });
  lockstep.write(schedule);
  await lockstep.sql(
    // Triggers keep the history append-only. A session with the role of a replica does not fire them. The session waits for
    // a run that is at work, because otherwise each would wait for tables that the other has locked.
    `BEGIN; SET LOCAL session_replication_role = replica;
     SELECT FROM locks WHERE name = 'source:default' FOR UPDATE; TRUNCATE ${CONTENT.join(", ")};
     DELETE FROM access_sessions WHERE user_id IN (${OTHER_USERS});
     DELETE FROM access_accounts WHERE user_id IN (${OTHER_USERS});
     DELETE FROM access_users WHERE id IN (${OTHER_USERS}); COMMIT`,
  );
  const { body } = await lockstep.call("POST /api/sync/trigger", {
    body: {
      direction: "yaml_to_db",
      force: true,
    },
  });
  expect(body.run, JSON.stringify(body)).toMatchObject({ outcome: "succeeded" });
}
