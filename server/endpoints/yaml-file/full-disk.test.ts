import { execFileSync } from "node:child_process";
import { link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { canMount } from "../../testing/can-mount.ts";
import { EndpointUnwritable } from "../errors.ts";
import { replaceFile } from "./write-file.ts";

const KIB = 1_024;
let folder: string;
let disk: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-full-"));
  disk = join(folder, "disk");
  await mkdir(disk);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it.runIf(canMount())(
  "a write in place for which the disk has room only in part (as root) leaves the file as it was",
  async () => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
    try {
      const path = join(disk, "schedule.yml");
      const expected = Buffer.alloc(16 * KIB, "a");
      const wanted = Buffer.alloc(60 * KIB, "b");
      await writeFile(path, expected);
      await link(path, join(disk, "other.yml"));
      const write = replaceFile({
        realPath: path,
        expected,
        wanted,
        backups: join(folder, "kept"),
        mayWrite: () => true,
      });
      await expect(write).rejects.toBeInstanceOf(EndpointUnwritable);
      expect((await readFile(path)).equals(expected)).toBe(true);
      expect(await readdir(join(folder, "kept"))).toEqual([]);
    } finally {
      execFileSync("umount", ["-l", disk]);
    }
  },
);
