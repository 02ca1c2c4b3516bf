import type pg from "pg";

/** The tables that only grow: a trigger refuses to change or empty them. */
const GUARDED = ["audit_entries", "runs", "run_changes", "file_authors", "object_changes"];

/** Runs SQL with the guard lifted, as only the owner of the tables can. */
export async function withoutGuard(pool: pg.Pool, ...statements: string[]): Promise<void> {
  const turn = (how: string) => GUARDED.map((table) => `ALTER TABLE ${table} ${how} TRIGGER USER`);
  await pool.query(["BEGIN", ...turn("DISABLE"), ...statements, ...turn("ENABLE"), "COMMIT"].join(";\n"));
}
