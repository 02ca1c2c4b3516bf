import { afterEach, beforeEach, expect, it } from "vitest";
import { getStatus } from "../queries/status.ts";
import { letGo, pointAt } from "../testing/commands.ts";
import { startWorkerProcess, type WorkerProcess } from "../testing/processes.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";

let source: TestSource;
let worker: WorkerProcess | undefined;
beforeEach(async () => {
  source = await startTestSource();
  pointAt(source);
});
afterEach(async () => {
  await worker?.kill();
  worker = undefined;
  await letGo();
  await source.stop();
});

const is = (status: string, code: string | null) =>
  waitFor(
    async () => {
      const { sync_status, sync_status_reason } = await getStatus("default");
      return sync_status === status && (sync_status_reason?.code ?? null) === code;
    },
    { what: `${status}, because ${code}` },
  );

it("a status follows the worker: synced while it answers, unknown while it stands still or is gone", async () => {
  // Both sides were compared, and no worker is there since.
  await source.edit("description: Check", "description: Edited with no worker");
  await is("unknown", "no_worker");
  worker = await startWorkerProcess(source);
  await is("synced", null);
  expect((await source.row(2))?.["description"]).toBe("Edited with no worker");
  process.kill(worker.pid, "SIGSTOP");
  await is("unknown", "no_worker");
  process.kill(worker.pid, "SIGCONT");
  await is("synced", null);
  await worker.kill();
  await is("unknown", "no_worker");
}, 90_000);
