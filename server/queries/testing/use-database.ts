import { afterAll, beforeAll } from "vitest";
import { closePool, pool } from "../../store/pool.ts";
import { withoutGuard } from "../../testing/history-guard.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/test-database.ts";
import { provideTestEnv } from "../../web/testing/test-env.ts";

/** Gives the test file its own database, reached through the process's pool. */
export function useDatabase(): { empty(): Promise<void> } {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    provideTestEnv({ DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await closePool();
    await database.drop();
  });
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
