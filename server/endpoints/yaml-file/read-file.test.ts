import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSchedule } from "../../../lib/yaml/read.ts";
import { lockFile } from "../../testing/file-locker.ts";
import { withFileLock } from "./file-lock.ts";
import { readYamlFile } from "./read-file.ts";
import type { FileSnapshot } from "./snapshot.ts";
import { EndpointUnwritable } from "../errors.ts";
import { writeSchedule } from "./write-schedule.ts";

let folder: string;
let path: string;
const BEFORE = Buffer.from("tasks: []\n# before\n");
const WANTED = Buffer.from("tasks: []\n# wanted, and longer than before\n");

beforeEach(async () => {
  folder = realpathSync(await mkdtemp(join(tmpdir(), "lockstep-file-")));
  path = join(folder, "schedule.yml");
  await writeFile(path, BEFORE);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const strangers = async () =>
  (await readdir(folder)).filter((name) => !["schedule.yml", "schedule.yml.bak", "kept"].includes(name));

describe("the file's lock", () => {
  it("makes one wait for the other", async () => {
    const order: string[] = [];
    await Promise.all(
      ["a", "b", "c"].map((name) =>
        withFileLock(path, async () => {
          order.push(`${name} in`);
          await stat(path);
          order.push(`${name} out`);
        }),
      ),
    );
    expect(order.map((step) => step.split(" ")[1])).toEqual(["in", "out", "in", "out", "in", "out"]);
    expect(await strangers()).toEqual([]);
  });

  it("kept by another process is a reason in words, not an error of ours", async () => {
    const unlock = await lockFile(path);
    await expect(withFileLock(path, async () => undefined)).rejects.toThrow(
      new EndpointUnwritable(`${path} is locked by another process`),
    );
    await unlock();
    await withFileLock(path, async () => undefined);
  });

  it("of a holder that died is taken over once it is old", async () => {
    await mkdir(`${path}.lock`);
    const old = new Date(Date.now() - 10_000);
    await utimes(`${path}.lock`, old, old);
    await withFileLock(path, async () => undefined);
    expect(await strangers()).toEqual([]);
  });

  it("is released when the work throws", async () => {
    await expect(withFileLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await strangers()).toEqual([]);
  });
});

describe("reading", () => {
  const read = async (previous?: FileSnapshot): Promise<FileSnapshot> => {
    const result = await readYamlFile(path, previous);
    if (!result.ok) throw new Error(result.problem.message);
    return result.snapshot;
  };

  it("notices a save of the same size within the same tick of the clock", async () => {
    const before = await read();
    const { atime, mtime } = await stat(path);
    await writeFile(path, String(BEFORE).replace("before", "BEFORE"));
    await utimes(path, atime, mtime);
    expect((await read(before)).revision).not.toBe(before.revision);
  });

  it("does not read a file again that is untouched since long", async () => {
    const old = new Date(Date.now() - 60_000);
    await utimes(path, old, old);
    const before = { ...(await read()), readAt: Date.now() + 60_000 };
    expect(await read(before)).toBe(before);
  });

  it("reads a file again whose mtime was set back just now, as ctime is young", async () => {
    const old = new Date(Date.now() - 60_000);
    await utimes(path, old, old);
    const before = await read();
    expect(await read(before)).not.toBe(before);
  });

  it("notices by ctime a save of the same size whose mtime was set back, long after it was read", async () => {
    const old = new Date(Math.floor(Date.now() / 1_000 - 60) * 1_000);
    await utimes(path, old, old);
    const before = { ...(await read()), readAt: Date.now() + 60_000 };
    await writeFile(path, String(BEFORE).replace("before", "BEFORE"));
    await utimes(path, old, old);
    expect((await read(before)).revision).not.toBe(before.revision);
  });

  it("takes a file that was rewritten with the same bytes for the same revision", async () => {
    const before = await read();
    await writeFile(`${path}.new`, BEFORE);
    await rename(`${path}.new`, path);
    const after = await read(before);
    expect(after.revision).toBe(before.revision);
    expect(after.document).toBe(before.document);
  });

  it("begins anew where the file is saved while it is read, so that half a save is not what it says", async () => {
    const saved = [WANTED.subarray(0, 20), WANTED];
    // Asked after the file's stamps were looked at, and before its bytes are read.
    const saves = () => {
      const next = saved.shift();
      if (next) writeFileSync(path, next);
      return true;
    };
    const result = await readYamlFile(path, undefined, undefined, saves);
    expect(result).toMatchObject({ ok: true, snapshot: { bytes: WANTED } });
    expect(saved).toEqual([]);
  });

  it("follows a symbolic link, and a write keeps it", async () => {
    const link = join(folder, "kept", "link.yml");
    await mkdir(join(folder, "kept"));
    await symlink(path, link);
    const result = await readYamlFile(link, undefined);
    if (!result.ok) throw new Error(result.problem.message);
    expect(result.snapshot.realPath).toBe(path);
    let announced = "";
    const after = await writeSchedule(
      result.snapshot,
      result.snapshot.document,
      join(folder, "versions"),
      async (revision) => {
        announced = revision;
      },
      () => true,
    );
    expect(after.revision).toBe(announced);
    expect((await readdir(join(folder, "kept"), { withFileTypes: true }))[0]?.isSymbolicLink()).toBe(true);
  });

  it("announces what is to come before the file is touched, and leaves it alone when that fails", async () => {
    const result = await readYamlFile(path, undefined);
    if (!result.ok) throw new Error(result.problem.message);
    const wanted = readSchedule(String(WANTED));
    const write = (announce: () => Promise<void>) =>
      writeSchedule(result.snapshot, wanted, join(folder, "versions"), announce, () => true);
    // With a code of its own, which is not to be taken for one of the file's.
    const failure = Object.assign(new Error("the database is away"), { code: "EPERM" });
    await expect(write(() => Promise.reject(failure))).rejects.toBe(failure);
    expect(await readFile(path)).toEqual(BEFORE);
    let then: Buffer | undefined;
    await write(async () => {
      then = await readFile(path);
    });
    expect(then).toEqual(BEFORE);
    expect(await readFile(path)).toEqual(WANTED);
    expect(await readdir(folder)).not.toContainEqual(expect.stringContaining("lockstep-tmp"));
  });

  it.each([
    ["a folder", () => mkdir(path), "file_unreadable"],
    ["nothing", () => Promise.resolve(), "file_missing"],
    ["a link into nothing", () => symlink("/nowhere/at/all", path), "file_missing"],
  ] as const)("says what is wrong with %s", async (_name, make, code) => {
    await rm(path);
    await make();
    expect(await readYamlFile(path, undefined)).toMatchObject({ ok: false, problem: { code } });
  });
});
