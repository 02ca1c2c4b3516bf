import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { overWebSocket } from "./support/events.ts";
import { expectInStep, isSynced, tasksInFile } from "./support/in-step.ts";
import { Lockstep, OWN_POSTGRES } from "./support/lockstep.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

test("PostgreSQL dies in the middle of a run and comes back: nothing is lost, events go on", async () => {
  test.setTimeout(120_000);
  const lockstep = await Lockstep.start(OWN_POSTGRES);
  try {
    const listener = await overWebSocket(lockstep);
    const wanted = new Map<string, number>();
    for (let round = 1; round <= 3; round++) {
      const edits = ["1", "2", "3"].map((id) =>
        lockstep
          .api("PATCH", `/api/tasks/${id}`, { params: { round } })
          .then(({ status }) => status === 200 && wanted.set(id, round)),
      );
      // The whole process group is killed at once, as the kernel does when memory runs out.
      const pid = Number(
        readFileSync(join(lockstep.dataDir, "postgres", "cluster", "postmaster.pid"), "utf8").split("\n")[0],
      );
      process.kill(pid, "SIGKILL");
      await Promise.allSettled(edits);
      await until("the server answers again, in step", () => isSynced(lockstep), 60_000);
    }
    const last = await lockstep.api("PATCH", "/api/tasks/1", { params: { round: 9 } });
    expect(last.body).toMatchObject({ sync: { state: "synced" } });
    await expectInStep(lockstep);
    for (const [id, round] of wanted) {
      expect((tasksInFile(lockstep)[id]?.params as { round: number }).round).toBeGreaterThanOrEqual(
        id === "1" ? 9 : round,
      );
    }
    // Both listeners reconnect by themselves: the worker's hears of an edit by SQL, and the relay's feeds an
    // open stream.
    await lockstep.sql("UPDATE tasks SET description = 'after the restart' WHERE id = '2'");
    await until("the edit is in the file", () => lockstep.read().includes("after the restart"));
    let status = "active";
    await until("the stream hears of edits", async () => {
      status = status === "active" ? "paused" : "active";
      const before = listener.heard.length;
      await lockstep.api("PATCH", "/api/tasks/3", { status });
      return listener.heard.slice(before).some((each) => each.event === "tasks_changed");
    });
    listener.close();
  } finally {
    await lockstep.stop();
  }
});
