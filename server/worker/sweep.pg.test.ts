import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginRun } from "../store/source-lock.ts";
import { SOURCE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { sweep } from "./sweep.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const ask = async (ago: string) => {
  await source.request("api");
  await source.sql("UPDATE sync_requests SET created_at = now() - $1::interval WHERE answered_at IS NULL", [
    ago,
  ]);
};
const loseJob = () => source.sql("SELECT graphile_worker.remove_job($1)", [`sync:${SOURCE}`]);
/** Whether a job that a worker may take stands in the queue. */
const isWoken = async () => {
  const jobs = await source.sql(
    "SELECT 1 FROM graphile_worker.jobs WHERE key = $1 AND locked_at IS NULL AND attempts < max_attempts",
    [`sync:${SOURCE}`],
  );
  return jobs.length > 0;
};
const look = (served = [SOURCE]) => sweep(source.pool, source.clock, source.context.log, served);

describe("what was asked for and is left behind", () => {
  it("is taken over when its job died with its worker, and is then answered", async () => {
    await source.edit("description: Back up", "description: asked for");
    await ask("10 seconds");
    await loseJob();
    await look();
    expect(await isWoken()).toBe(true);
    await source.runner.wake();
    expect((await source.row(1))?.["description"]).toBe("asked for");
  });

  it("is taken over when its job has failed for the last time", async () => {
    await ask("10 seconds");
    await source.sql("UPDATE graphile_worker._private_jobs SET attempts = max_attempts");
    expect(await isWoken()).toBe(false);
    await look();
    expect(await isWoken()).toBe(true);
  });

  it.each([
    ["it was asked for just now, because its job may be in the making", "1 second", [SOURCE]],
    ["no worker here reaches its file", "10 seconds", ["another"]],
  ])("is left alone while %s", async (_why, ago, served) => {
    await ask(ago);
    await loseJob();
    await look(served);
    expect(await isWoken()).toBe(false);
  });

  it("is left alone while a run of the source goes on", async () => {
    await ask("10 seconds");
    await loseJob();
    const run = await source.pool.connect();
    await run.query(beginRun(SOURCE));
    await look();
    expect(await isWoken()).toBe(false);
    await run.query("ROLLBACK");
    run.release();
    await look();
    expect(await isWoken()).toBe(true);
  });
});
