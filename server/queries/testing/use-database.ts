import { afterAll, beforeAll } from "vitest";
import { closePool, pool } from "../../store/pool.ts";
import { withoutGuard } from "../../testing/history-guard.ts";
import { createTestDatabase } from "../../testing/test-database.ts";
import { provideTestEnv } from "../../web/testing/test-env.ts";

/** Gives the test file its own database, reached through the process's pool. */
export function useDatabase(): { empty(): Promise<void> } {
  beforeAll(async () => {
    provideTestEnv({ DATABASE_URL: await createTestDatabase() });
  });
  afterAll(closePool);
  return {
    async empty() {
      const tables =
        "tasks, task_edits, pending_tasks, conflicts, runs, run_changes, file_authors, audit_entries, " +
        "sync_requests, workers";
      await withoutGuard(
        pool(),
        `TRUNCATE ${tables} CASCADE`,
        "DELETE FROM sources",
        "DELETE FROM task_edits",
        "DELETE FROM audit_entries",
      );
    },
  };
}
