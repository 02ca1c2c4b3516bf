import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FLOCK_PROGRAMS, holdFlock } from "../../testing/flock-holder.ts";
import { EndpointUnwritable } from "../errors.ts";
import { withFileLock } from "./file-lock.ts";
import { takeFlock } from "./flock.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-flock-"));
  path = join(folder, "schedule.yml");
  writeFileSync(path, "tasks: []\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(FLOCK_PROGRAMS)("a lock that %s takes on the file", (program) => {
  it("for longer than a moment is a reason in words, and free again afterwards", async () => {
    const free = await holdFlock(program, path);
    let touched = false;
    const write = () =>
      withFileLock(path, async (confirm) => {
        await confirm();
        touched = true;
      });
    await expect(write()).rejects.toThrow(
      new EndpointUnwritable(`${path} is locked by another process (flock)`),
    );
    expect(touched).toBe(false);
    await free();
    await write();
    expect(touched).toBe(true);
  });

  it("waits until ours is free", async () => {
    const order: string[] = [];
    const otherPath = join(folder, "other.yml");
    writeFileSync(otherPath, "");
    let theirs: Promise<() => Promise<void>> | undefined;
    await withFileLock(path, async (confirm) => {
      await confirm();
      theirs = holdFlock(program, path);
      void theirs.then(() => order.push("theirs"));
      // Nothing but the lock keeps the other program from coming first: it has the time in which one has come and gone.
      const other = await holdFlock(program, otherPath);
      await other();
      order.push("ours");
    });
    await (
      await theirs
    )?.();
    expect(order).toEqual(["ours", "theirs"]);
  });
});

it("is tried where the file is, and does no harm where there is none", async () => {
  const gone = join(folder, "gone.yml");
  expect(await withFileLock(gone, async (confirm) => confirm().then(() => "done"))).toBe("done");
});

it("is taken on several files at the same time, each by itself", async () => {
  const paths = ["one.yml", "two 'quoted' $HOME.yml", "three.yml"].map((name) => join(folder, name));
  for (const each of paths) writeFileSync(each, "");
  const held = await Promise.all(paths.map((each) => takeFlock(each)));
  for (const each of paths) await expect(takeFlock(each)).rejects.toThrow("is locked by another process");
  held[1]?.();
  (await takeFlock(paths[1] ?? ""))();
  await expect(takeFlock(paths[0] ?? "")).rejects.toThrow("is locked by another process");
  held[0]?.();
  held[2]?.();
});
