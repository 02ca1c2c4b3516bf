import pg from "pg";
import { expect, it } from "vitest";
import { createEmptyDatabase } from "../testing/test-database.ts";
import { migrateQueue } from "./migrate-queue.ts";

it("runs once when several processes start together on an empty database", async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const database = await createEmptyDatabase();
    try {
      await Promise.all(Array.from({ length: 6 }, () => migrateQueue(database.url)));
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const { rows } = await client.query(
        "SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS there",
      );
      expect(rows).toEqual([{ there: true }]);
      await client.end();
    } finally {
      await database.drop();
    }
  }
});
