import { runMigrations } from "graphile-worker";

/** Brings the queue's own tables up to date; safe to call from many processes at once. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl });
}
