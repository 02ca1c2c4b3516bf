import { link, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EndpointTaken } from "../errors.ts";
import { mendTornWrite } from "./overwrite.ts";
import { replaceFile } from "./write-file.ts";

let folder: string;
let path: string;
let backups: string;
const BEFORE = Buffer.from("tasks: []\n# before, and longer than what is to stand there\n");
const WANTED = Buffer.from("tasks: []\n# wanted\n");

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "lockstep-lost-")));
  path = join(folder, "schedule.yml");
  backups = join(folder, "kept");
  await writeFile(path, BEFORE);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** May write at the first `times` questions. */
const lostAfter = (times: number) => {
  let asked = 0;
  return () => asked++ < times;
};
const write = (times: number) =>
  replaceFile({ realPath: path, expected: BEFORE, wanted: WANTED, backups, mayWrite: lostAfter(times) });
const temporaries = async () => (await readdir(folder)).filter((name) => name.includes("lockstep-tmp"));

describe("a write whose run has lost the source", () => {
  it("before it begins leaves the file and .bak alone", async () => {
    await writeFile(`${path}.bak`, "earlier");
    await expect(write(0)).rejects.toBeInstanceOf(EndpointTaken);
    expect([await readFile(path), await readFile(`${path}.bak`, "utf8")]).toEqual([BEFORE, "earlier"]);
    expect(await temporaries()).toEqual([]);
  });

  it("right before the file is renamed over leaves the file alone", async () => {
    await expect(write(1)).rejects.toBeInstanceOf(EndpointTaken);
    expect([await readFile(path), await temporaries()]).toEqual([BEFORE, []]);
    await write(2);
    expect(await readFile(path)).toEqual(WANTED);
  });

  it.each([0, 1, 2])("before a write in place (at question %i) leaves the file alone", async (times) => {
    await link(path, join(folder, "other.yml"));
    await expect(write(times)).rejects.toBeInstanceOf(EndpointTaken);
    expect(await readFile(path)).toEqual(BEFORE);
  });

  it("half way through a write in place leaves it to the next run to put the file back", async () => {
    await link(path, join(folder, "other.yml"));
    await expect(write(3)).rejects.toBeInstanceOf(EndpointTaken);
    expect(await readFile(path)).not.toEqual(BEFORE);
    await expect(mendTornWrite(path, backups, () => false)).rejects.toBeInstanceOf(EndpointTaken);
    expect(await mendTornWrite(path, backups, () => true)).toBe(true);
    expect(await readFile(path)).toEqual(BEFORE);
  });
});
