import { randomBytes } from "node:crypto";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, link, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSchedule } from "../../../lib/yaml/read.ts";
import { canMount } from "../../testing/can-mount.ts";
import { keepVersion, listBackups, readBackup } from "./backups.ts";
import { readYamlFile } from "./read-file.ts";
import { EndpointChanged } from "../errors.ts";
import { replaceFile } from "./write-file.ts";
import { writeSchedule } from "./write-schedule.ts";

const isRoot = process.getuid?.() === 0;
let folder: string;
let path: string;
let backups: string;
const BEFORE = Buffer.from("tasks: []\n# before\n");
const WANTED = Buffer.from("tasks: []\n# wanted, and longer than before\n");

beforeEach(async () => {
  folder = realpathSync(await mkdtemp(join(tmpdir(), "lockstep-file-")));
  path = join(folder, "schedule.yml");
  backups = join(folder, "kept");
  await writeFile(path, BEFORE);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const always = () => true;
const replace = (expected = BEFORE, wanted = WANTED) =>
  replaceFile({ realPath: path, expected, wanted, backups, mayWrite: always });
const strangers = async () =>
  (await readdir(folder)).filter((name) => !["schedule.yml", "schedule.yml.bak", "kept"].includes(name));

/** The kept versions, oldest first. */
const keptTexts = async () => {
  const names = (await listBackups(backups)).map(({ name }) => name).reverse();
  return Promise.all(names.map(async (name) => String(await readBackup(backups, name))));
};

describe("replacing the file", () => {
  it("leaves the wanted bytes, the previous ones in .bak and among the kept versions, and nothing else", async () => {
    await replace();
    expect(await readFile(path)).toEqual(WANTED);
    expect(await readFile(`${path}.bak`)).toEqual(BEFORE);
    expect(await keptTexts()).toEqual([String(BEFORE)]);
    expect(await strangers()).toEqual([]);
  });

  it.each([0o600, 0o640, 0o664, 0o755])("keeps mode %o", async (mode) => {
    await chmod(path, mode);
    await replace();
    expect((await stat(path)).mode & 0o7777).toBe(mode);
  });

  it.runIf(isRoot)("keeps the owner (as root)", async () => {
    await chown(path, 65534, 65533);
    await replace();
    const { uid, gid } = await stat(path);
    expect([uid, gid]).toEqual([65534, 65533]);
  });

  it("never shows a half-written file: it is another inode, moved there whole", async () => {
    const { ino } = await stat(path);
    await replace();
    expect((await stat(path)).ino).not.toBe(ino);
    expect((await stat(`${path}.bak`)).ino).toBe(ino);
  });

  it("keeps the last 50 versions, the oldest going first, at no more than five file sizes", async () => {
    const lines = Array.from({ length: 4_000 }, (_, n) => `line ${n} ${Math.sin(n)}`);
    const versions = Array.from({ length: 60 }, (_, n) =>
      [...lines.slice(0, 20 * n), `version ${n}`, ...lines.slice(20 * n + 1)].join("\n"),
    );
    for (const text of versions) await keepVersion(Buffer.from(text), backups);
    expect(await keptTexts()).toEqual(versions.slice(-50));
    const sizes = await Promise.all(
      (await readdir(backups)).map(async (name) => (await stat(join(backups, name))).size),
    );
    const size = Buffer.byteLength(versions.at(-1) ?? "");
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBeLessThan(5 * size);
  });

  it("keeps fewer versions where each is another text, rather than more than five file sizes", async () => {
    for (let n = 0; n < 20; n++) await keepVersion(randomBytes(20_000), backups);
    expect(await readdir(backups)).toHaveLength(5);
  });

  it("still reads versions that an earlier release kept as they were", async () => {
    await mkdir(backups);
    const name = "2026-01-01T00-00-00.000Z-1.yml";
    await writeFile(join(backups, name), BEFORE);
    await keepVersion(WANTED, backups);
    expect(await readBackup(backups, name)).toEqual(BEFORE);
    expect(await keptTexts()).toEqual([String(BEFORE), String(WANTED)]);
  });

  it("keeps a version once, when the write has succeeded: a failed write evicts none", async () => {
    await writeFile(path, "theirs");
    await expect(replace()).rejects.toBeInstanceOf(EndpointChanged);
    await writeFile(path, BEFORE);
    const failing = () => Promise.reject(new Error("the database is away"));
    for (let n = 0; n < 3; n++)
      await expect(
        replaceFile({
          realPath: path,
          expected: BEFORE,
          wanted: WANTED,
          backups,
          mayWrite: always,
          meanwhile: failing,
        }),
      ).rejects.toThrow("away");
    expect(await keptTexts()).toEqual([]);
  });

  it("a version stays what it was, whatever is written later", async () => {
    await replace();
    await replace(WANTED, Buffer.from("third"));
    expect(await keptTexts()).toEqual([String(BEFORE), String(WANTED)]);
  });
});

describe("somebody else's save", () => {
  it("before we write is found, and nothing of ours is written", async () => {
    await writeFile(path, "theirs");
    await expect(replace()).rejects.toBeInstanceOf(EndpointChanged);
    expect(await readFile(path, "utf8")).toBe("theirs");
    expect(await strangers()).toEqual([]);
  });

  it("that deleted the file is found too", async () => {
    await rm(path);
    await expect(replace()).rejects.toBeInstanceOf(EndpointChanged);
    expect(await strangers()).toEqual([]);
  });

  // Two editors at work while we write: one saves in place, one renames a new file over ours. Whatever
  // the instant, a save that found the file as we had written it must not be undone, and ours must
  // not hide one: each write of ours either throws, with theirs standing, or theirs came after it.
  it.each(["in place", "by renaming"])(
    "in the very instant, %s, is never lost",
    async (how) => {
      const writer = spawn(
        process.execPath,
        [fileURLToPath(new URL("../../testing/saving-editor.mjs", import.meta.url)), path, how, "150"],
        { stdio: ["pipe", "pipe", "inherit"] },
      );
      const ended = once(writer, "exit");
      let running = true;
      void ended.then(() => (running = false));
      const said: string[] = [];
      writer.stdout.on("data", (data: Buffer) => said.push(String(data)));
      let ours = 0;
      let theirs = 0;
      for (let n = 0; running; n++) {
        const read = await readFile(path).catch(() => undefined);
        if (!read) continue;
        // Like an edit of ours: everything that stands there, and a line of our own.
        const wanted = Buffer.concat([read.subarray(0, 4_000), Buffer.from(`ours ${n}\n`)]);
        await replaceFile({ realPath: path, expected: read, wanted, backups, mayWrite: always }).then(
          () => ours++,
          (error: unknown) => {
            if (!(error instanceof EndpointChanged)) throw error;
            theirs++;
          },
        );
      }
      await ended;
      expect([ours > 0, theirs > 0]).toEqual([true, true]);
      // The editor's last line was saved after all its others; what we wrote since was made from it.
      expect(await readFile(path, "utf8")).toContain("theirs 149");
      expect(await strangers()).toEqual([]);
    },
    60_000,
  );
});

it("a file with a second name keeps it: both say the same afterwards", async () => {
  const other = join(folder, "other.yml");
  await link(path, other);
  await replace();
  expect(await readFile(other)).toEqual(WANTED);
  expect((await stat(path)).ino).toBe((await stat(other)).ino);
  expect(await readFile(`${path}.bak`)).toEqual(BEFORE);
  expect(await keptTexts()).toEqual([String(BEFORE)]);
});

describe("a file that cannot be renamed over", () => {
  it.runIf(canMount())(
    "(a bind mount, as root) is written in place, its versions kept as copies",
    async () => {
      const target = join(folder, "mounted.yml");
      await writeFile(target, "");
      execFileSync("mount", ["--bind", path, target]);
      try {
        const { ino } = await stat(target);
        await replaceFile({ realPath: target, expected: BEFORE, wanted: WANTED, backups, mayWrite: always });
        await replaceFile({
          realPath: target,
          expected: WANTED,
          wanted: Buffer.from("short"),
          backups,
          mayWrite: always,
        });
        expect((await stat(target)).ino).toBe(ino);
        expect(await readFile(path, "utf8")).toBe("short");
        expect(await readFile(`${target}.bak`)).toEqual(WANTED);
        expect(await keptTexts()).toEqual([String(BEFORE), String(WANTED)]);
        expect((await strangers()).filter((name) => !name.startsWith("mounted.yml"))).toEqual([]);
        await writeFile(target, "theirs");
        await expect(
          replaceFile({ realPath: target, expected: BEFORE, wanted: WANTED, backups, mayWrite: always }),
        ).rejects.toBeInstanceOf(EndpointChanged);
        expect(await readFile(target, "utf8")).toBe("theirs");
      } finally {
        execFileSync("umount", ["-l", target]);
      }
    },
  );

  it.runIf(isRoot)("(a folder without write permission, as another user) is written in place", async () => {
    const script = fileURLToPath(new URL("../../testing/replace-as-nobody.ts", import.meta.url));
    await chown(path, 65534, 65534);
    await mkdir(backups, { mode: 0o777 });
    await chmod(backups, 0o777);
    await chmod(folder, 0o755);
    const said = execFileSync(process.execPath, ["--import", "tsx", script, path, backups, String(WANTED)], {
      encoding: "utf8",
    });
    expect(said.trim()).toBe("written");
    expect(await readFile(path)).toEqual(WANTED);
    expect(await keptTexts()).toEqual([String(BEFORE)]);
  });
});

it.runIf(canMount())(
  "a writable file mounted into a read-only folder (as root) is written in place",
  async () => {
    const readOnly = join(folder, "image");
    await mkdir(readOnly);
    const mounted = join(readOnly, "schedule.yml");
    await writeFile(mounted, "");
    execFileSync("mount", ["--bind", readOnly, readOnly]);
    execFileSync("mount", ["-o", "remount,bind,ro", readOnly]);
    execFileSync("mount", ["--bind", path, mounted]);
    try {
      const read = await readYamlFile(mounted, undefined);
      if (!read.ok) throw new Error(read.problem.message);
      await writeSchedule(
        read.snapshot,
        readSchedule(String(WANTED)),
        backups,
        () => Promise.resolve(),
        always,
      );
      expect(await readFile(path)).toEqual(WANTED);
      execFileSync("mount", ["-o", "remount,bind,ro", mounted]);
      await expect(
        replaceFile({ realPath: mounted, expected: WANTED, wanted: BEFORE, backups, mayWrite: always }),
      ).rejects.toThrow("read-only");
      expect(await readFile(path)).toEqual(WANTED);
    } finally {
      execFileSync("umount", ["-l", mounted]);
      execFileSync("umount", ["-l", readOnly]);
    }
  },
);
