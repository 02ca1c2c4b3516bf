import { mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EndpointChanged } from "../errors.ts";
import { replaceFile } from "./write-file.ts";

let folder: string;
let path: string;
const BEFORE = Buffer.from("tasks: []\n# before\n");

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "lockstep-file-")));
  path = join(folder, "schedule.yml");
  await writeFile(path, BEFORE);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it.each(["in place", "by renaming"])(
  "a save %s while our version is on its way to the disk stands",
  async (how) => {
    const meanwhile = async () => {
      const target = how === "in place" ? path : join(folder, "theirs.yml");
      await writeFile(target, "theirs");
      await rename(target, path);
    };
    const writing = replaceFile({
      realPath: path,
      expected: BEFORE,
      wanted: Buffer.from("tasks: []\n# wanted\n"),
      backups: join(folder, "kept"),
      mayWrite: () => true,
      meanwhile,
    });
    await expect(writing).rejects.toBeInstanceOf(EndpointChanged);
    expect(await readFile(path, "utf8")).toBe("theirs");
    expect((await readdir(folder)).filter((name) => name.includes("lockstep-tmp"))).toEqual([]);
  },
);
