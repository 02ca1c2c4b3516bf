import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveIn } from "./testing/resolve.ts";
import { startQueue } from "../worker/queue.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { lockFile } from "../testing/file-locker.ts";
import { canMount } from "../testing/can-mount.ts";
import { waitFor } from "../testing/wait-for.ts";

let source: TestSource;
let unlock: (() => Promise<void>) | undefined;
beforeEach(async () => {
  source = await startTestSource();
  unlock = undefined;
});
afterEach(async () => {
  await unlock?.().catch(() => undefined);
  await source.stop();
});

const lock = async () => {
  unlock = await lockFile(source.path);
};
const release = async () => {
  await unlock?.();
  unlock = undefined;
};
const retries = () =>
  source.sql<{ wait: number }>(
    "SELECT extract(epoch FROM run_at - updated_at)::float AS wait FROM graphile_worker.jobs WHERE key = 'retry:default'",
  );

describe("a file locked by another process", () => {
  it("leaves the edit in its row, pending with the reason, and the file as it is", async () => {
    await lock();
    await source.sql("UPDATE tasks SET description = 'Waits' WHERE id = '2'");
    const run = await source.run("database");
    expect(run).toMatchObject({
      outcome: "failed",
      counts: { updated: 0 },
      problems: [
        { code: "file_unwritable", message: expect.stringContaining("locked by another process") as unknown },
      ],
    });
    expect(await source.read()).toBe(SAMPLE);
    expect((await source.row(2))?.["description"]).toBe("Waits");
    expect(await source.pending()).toEqual({ "2": "unwritable" });
    await release();
    await source.run("schedule");
    expect(await source.read()).toContain("description: Waits");
    await source.expectInStep();
  });

  it("keeps no other task's change from the file out of the database", async () => {
    await lock();
    await source.edit("keep_days: 30", "keep_days: 60");
    await source.edit(
      /\n {2}- id: 3[^]*$/,
      "\n  - id: 4\n    skill_name: new\n    schedule_cron: '1 1 * * *'\n",
    );
    await source.sql("UPDATE tasks SET description = 'Waits' WHERE id = '2'");
    expect((await source.run()).counts).toMatchObject({ created: 1, updated: 1, deleted: 1 });
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
    expect(await source.pending()).toEqual({ "2": "unwritable" });
    await release();
    await source.run("schedule");
    await source.expectInStep();
  });

  it("keeps a merged task whole: neither half goes without the other", async () => {
    await lock();
    await source.edit("timeout: 10", "timeout: 20");
    await source.sql("UPDATE tasks SET description = 'Waits' WHERE id = '2'");
    await source.run();
    expect((await source.row(2))?.["params"]).toEqual({ retries: 3, timeout: 10 });
    await release();
    await source.run("schedule");
    expect(await source.row(2)).toMatchObject({ description: "Waits", params: { retries: 3, timeout: 20 } });
    await source.expectInStep();
  });

  it("keeps a conflict open whose resolution could not be written", async () => {
    await source.edit("description: Check", "description: From the file");
    await source.sql("UPDATE tasks SET description = 'From SQL' WHERE id = '2'");
    await source.run();
    const [before] = await source.conflicts();
    await lock();
    const resolve = () => resolveIn(source, { choice: "keep_database" });
    expect(await resolve()).toMatchObject({
      run: { outcome: "failed" },
      refused: [{ conflict_id: before?.id, code: "file_unwritable" }],
    });
    await source.run("schedule");
    expect((await source.conflicts()).map((conflict) => conflict.id)).toEqual([before?.id]);
    await release();
    expect(await resolve()).toMatchObject({ run: { outcome: "succeeded" } });
    expect(await source.read()).toContain("From SQL");
    await source.expectInStep();
  });

  it("is tried again with back-off, until it goes through", async () => {
    await lock();
    await source.sql("UPDATE tasks SET description = 'Waits' WHERE id = '2'");
    await source.run("database");
    const waits = [];
    for (let n = 0; n < 3; n++) {
      waits.push((await retries())[0]?.wait ?? 0);
      await source.run("schedule");
    }
    expect(waits.map((wait) => Math.round(wait * 10) / 10)).toEqual([0.5, 1, 2]);
    expect(await source.sql("SELECT failures FROM sources")).toEqual([{ failures: 4 }]);
    await release();
    // Due now, as if the back-off had passed: whichever worker is there takes it.
    await source.sql(
      "SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM graphile_worker.jobs), run_at => now())",
    );
    const queue = await startQueue({
      pool: source.pool,
      labels: ["default"],
      runnerOf: async () => source.runner,
      tick: async () => undefined,
      retentionDays: 90,
      log: source.context.log,
    });
    await waitFor(async () => (await source.read()).includes("description: Waits"), { what: "the retry" });
    await queue.stop();
    await source.runner.idle();
    await source.expectInStep();
    expect(await source.sql("SELECT failures FROM sources")).toEqual([{ failures: 0 }]);
  });
});

it("a lock left by a process that died is taken over", async () => {
  await mkdir(`${source.path}.lock`);
  await source.ageLock();
  await source.sql("UPDATE tasks SET description = 'Through' WHERE id = '2'");
  expect((await source.run("database")).outcome).toBe("succeeded");
  await source.expectInStep();
});

it("a temp file left by a process that died is in nobody's way", async () => {
  await writeFile(join(source.folder, ".schedule.yml.0123456789ab.lockstep-tmp"), "half of someth");
  await source.sql("UPDATE tasks SET description = 'Through' WHERE id = '2'");
  expect((await source.run("database")).outcome).toBe("succeeded");
  expect(await source.read()).toContain("Through");
});

describe("a symbolic link", () => {
  it("stays one, and the file it points to is replaced", async () => {
    const elsewhere = join(source.folder, "repository");
    await mkdir(elsewhere);
    const real = join(elsewhere, "real.yml");
    await writeFile(real, SAMPLE);
    const link = join(source.folder, "link.yml");
    await symlink(real, link);
    await source.use(link);
    await source.sql("UPDATE tasks SET description = 'Through' WHERE id = '2'");
    expect((await source.run("database")).outcome).toBe("succeeded");
    expect(await readFile(real, "utf8")).toContain("Through");
    expect(
      (await readdir(source.folder, { withFileTypes: true }))
        .find((entry) => entry.name === "link.yml")
        ?.isSymbolicLink(),
    ).toBe(true);
  });
});

describe.runIf(canMount())("a full disk (a small tmpfs, as root)", () => {
  it("leaves both sides as they are and the edit pending, and goes through when there is room", async () => {
    const disk = join(source.folder, "disk");
    await mkdir(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=32k", "tmpfs", disk]);
    try {
      const path = join(disk, "schedule.yml");
      await writeFile(path, SAMPLE);
      await source.use(path);
      await source.run();
      // Fills the disk but for the page that a lock directory takes.
      await writeFile(join(disk, "ballast"), Buffer.alloc(28 * 1024));
      await source.sql("UPDATE tasks SET description = 'Waits' WHERE id = '2'");
      expect((await source.run("database")).problems).toMatchObject([
        { code: "file_unwritable", message: expect.stringContaining("ENOSPC") as unknown },
      ]);
      expect(await readFile(path, "utf8")).toBe(SAMPLE);
      expect(await source.pending()).toEqual({ "2": "unwritable" });
      expect((await readdir(disk)).filter((name) => name.includes("lockstep"))).toEqual([]);
      await writeFile(join(disk, "ballast"), "");
      expect((await source.run("schedule")).outcome).toBe("succeeded");
      expect(await readFile(path, "utf8")).toContain("Waits");
    } finally {
      execFileSync("umount", ["-l", disk]);
    }
  });
});
