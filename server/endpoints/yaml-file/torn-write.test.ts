import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginJournal } from "./in-place-journal.ts";
import { mendTornWrite } from "./overwrite.ts";

let folder: string;
let path: string;
let backups: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-file-"));
  path = join(folder, "schedule.yml");
  backups = join(folder, "kept");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const always = () => true;

describe("a write in place that was killed half way", () => {
  const [before, after] = ["a", "b"].map((letter) => Buffer.from(letter.repeat(20_000)));
  if (!before || !after) throw new Error("no texts");
  const killedAt = async (present: Buffer) => {
    await beginJournal(backups, before, after);
    await writeFile(path, present);
    const mended = await mendTornWrite(path, backups, always);
    expect(await readdir(backups)).toEqual([]);
    return { mended, text: await readFile(path) };
  };
  const torn = (length: number) => Buffer.concat([after.subarray(0, length), before.subarray(length)]);

  it.each([1, 4_096, 10_000, 19_999])("after %i bytes is put back", async (length) => {
    expect(await killedAt(torn(length))).toEqual({ mended: true, text: before });
  });

  it("that reached the disk page by page is put back", async () => {
    const pages = Buffer.from(before);
    after.copy(pages, 8_192, 8_192, 12_288);
    expect(await killedAt(pages)).toEqual({ mended: true, text: before });
  });

  it("stays as it is when it was whole, or somebody has saved it since", async () => {
    expect(await killedAt(after)).toEqual({ mended: false, text: after });
    const theirs = Buffer.concat([torn(10_000), Buffer.from("theirs")]);
    expect(await killedAt(theirs)).toEqual({ mended: false, text: theirs });
  });
});
