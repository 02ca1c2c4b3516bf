import { expect, it } from "vitest";
import { createEmptyDatabase } from "../testing/test-database.ts";
import { administer } from "../testing/test-server.ts";
import { migrate } from "./migrate.ts";
import { migrateQueue } from "./migrate-queue.ts";

it("runs once when several processes start together on an empty database", async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const database = await createEmptyDatabase();
    await migrate(database);
    await Promise.all(Array.from({ length: 6 }, () => migrateQueue(database)));
    const there = "SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS there";
    expect(await administer(database, there)).toEqual([{ there: true }]);
  }
});
