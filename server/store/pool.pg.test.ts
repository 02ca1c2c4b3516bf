import { expect, it } from "vitest";
import { createEmptyDatabase } from "../testing/test-database.ts";
import { createPool } from "./pool.ts";

it("a lent connection that breaks between two statements does not end the process, and its next statement fails", async () => {
  const pool = createPool(await createEmptyDatabase());
  const lent = await pool.connect();
  const { rows } = await lent.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  // An error without a listener is an uncaught exception, which fails the test run.
  const ended = new Promise<void>((resolve) => lent.once("end", resolve));
  await pool.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  await ended;
  await expect(lent.query("SELECT 1")).rejects.toThrow();
  lent.release(true);
  await expect(pool.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await pool.end();
});
