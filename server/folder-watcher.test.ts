import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FolderWatcher } from "./folder-watcher.ts";
import { waitFor } from "./testing/wait-for.ts";

let home: string;
let watcher: FolderWatcher;
let heard = 0;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "lockstep-watch-"));
  heard = 0;
  watcher = new FolderWatcher({
    debounceMs: 10,
    polling: false,
    log: pino({ level: "silent" }),
    lookEveryMs: 50,
  });
});
afterEach(async () => {
  await watcher.close();
  await rm(home, { recursive: true, force: true });
});

const put = async (path: string, text: string) => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
};
const watch = (path: string) => watcher.watch(path, () => (heard += 1));
/** The change that `make` makes is told of, within a bounded time. */
async function isHeard(what: string, make: () => Promise<unknown>): Promise<void> {
  const before = heard;
  await make();
  await waitFor(() => heard > before, { what, ms: 3_000 });
}

describe("a watched file is heard of", () => {
  it("after its folder was removed and made again, as a checkout of another branch does", async () => {
    const path = join(home, "repo", "schedule.yml");
    await put(path, "one");
    await watch(path);
    await isHeard("the removal", () => rm(dirname(path), { recursive: true }));
    await isHeard("the new folder", () => put(path, "two"));
    await isHeard("a later save in the new folder", () => writeFile(path, "three!"));
  });

  it("after another folder was moved into the place of its folder", async () => {
    const path = join(home, "repo", "schedule.yml");
    await put(path, "one");
    await put(join(home, "other", "schedule.yml"), "two");
    await watch(path);
    await isHeard("the exchange", async () => {
      await rename(join(home, "repo"), join(home, "old"));
      await rename(join(home, "other"), join(home, "repo"));
    });
    await isHeard("a later save", () => writeFile(path, "three!"));
  });

  it("after a Kubernetes ConfigMap was replaced: the link ..data leads into another folder", async () => {
    const mount = join(home, "mount");
    await put(join(mount, "..2026_1", "schedule.yml"), "one");
    await symlink("..2026_1", join(mount, "..data"));
    await symlink(join("..data", "schedule.yml"), join(mount, "schedule.yml"));
    await watch(join(mount, "schedule.yml"));
    for (const version of [2, 3]) {
      await put(join(mount, `..2026_${version}`, "schedule.yml"), `version ${version}`);
      await isHeard(`version ${version}`, async () => {
        await symlink(`..2026_${version}`, join(mount, "..data_tmp"));
        await rename(join(mount, "..data_tmp"), join(mount, "..data"));
        await rm(join(mount, `..2026_${version - 1}`), { recursive: true });
      });
    }
  });

  it("when its folder comes into being only later", async () => {
    const path = join(home, "later", "deep", "schedule.yml");
    await watch(path);
    await isHeard("the file", () => put(path, "one"));
    await isHeard("a later save", () => writeFile(path, "two!"));
  });
});

describe("a watch", () => {
  it("tells of saves in quick succession, of which the system tells only the first", async () => {
    const path = join(home, "schedule.yml");
    await put(path, "one");
    await watch(path);
    await isHeard("the save", () => writeFile(path, "two!"));
    await isHeard("the next save", () => writeFile(path, "three"));
  });

  it("is alive as long as the file has been looked at lately, by the machine's steady clock", async () => {
    const path = join(home, "schedule.yml");
    await put(path, "one");
    const watched = await watch(path);
    expect(watched.isAlive()).toBe(true);
    expect(watched.isAlive(performance.now() + 60_000)).toBe(false);
    await watched.close();
    expect(watched.isAlive()).toBe(false);
  });
});
