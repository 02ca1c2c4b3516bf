import { beforeEach, describe, expect, it } from "vitest";
import { provideEnv } from "../../config/env.ts";
import { closePool } from "../store/pool.ts";
import { createEmptyDatabase } from "../testing/test-database.ts";
import { administer } from "../testing/test-server.ts";
import { metricsText } from "./metrics.ts";
import { isReady } from "./readiness.ts";
import { addConflict, addRun, addSource, addTask } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
beforeEach(() => database.empty());

describe("metrics", () => {
  it("counts what the database holds, by source", async () => {
    await addSource("default", { failures: 2 });
    await addTask({ id: "1" });
    await addConflict({ task_id: "1" });
    await addRun({ outcome: "conflicted" });
    const text = await metricsText();
    for (const line of [
      'lockstep_tasks{source="default"} 1',
      'lockstep_conflicts_pending{source="default"} 1',
      'lockstep_outbox_edits{source="default"} 1',
      'lockstep_retry_failures{source="default"} 2',
      'lockstep_last_run_outcome{source="default",outcome="conflicted"} 1',
      'lockstep_runs{source="default",outcome="conflicted",trigger="manual"} 1',
    ]) {
      expect(text.split("\n")).toContain(line);
    }
    expect(text).toContain("process_resident_memory_bytes");
    expect(text).toMatch(/^lockstep_last_run_age_seconds\{source="default"\} \d/m);
  });

  it("gives the same numbers to two requests at once", async () => {
    await addSource("default");
    await addTask({ id: "1" });
    for (const text of await Promise.all([metricsText(), metricsText()])) {
      expect(text.match(/^lockstep_tasks\{.*$/gm)).toEqual(['lockstep_tasks{source="default"} 1']);
    }
  });
});

describe("readiness", () => {
  it("needs a database that answers and has all migrations", async () => {
    expect(await isReady()).toBe(true);
    const url = process.env["DATABASE_URL"] ?? "";
    const bare = await createEmptyDatabase();
    await closePool();
    provideEnv({ DATABASE_URL: bare });
    expect(await isReady()).toBe(false);
    await closePool();
    await administer(url, `DROP DATABASE ${new URL(bare).pathname.slice(1)}`);
    expect(await isReady()).toBe(false);
    await closePool();
    provideEnv({ DATABASE_URL: url });
    expect(await isReady()).toBe(true);
  });
});
