import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { privateFolder } from "../../private-folder.ts";

/** The disk may keep any of these whole, and the others as they were. */
const PAGE = 4_096;
const names = (folder: string) => ({
  before: join(folder, "in-place.before"),
  after: join(folder, "in-place.after"),
});

/** Notes what stands in a file that is about to be written over, and what is to stand there: on disk, before that. */
export async function beginJournal(folder: string, before: Buffer, after: Buffer): Promise<void> {
  await privateFolder(folder);
  const files = names(folder);
  await writeFile(files.after, after, { flush: true });
  await writeFile(files.before, before, { flush: true });
}

/** The file is whole again. */
export async function endJournal(folder: string): Promise<void> {
  const { before, after } = names(folder);
  await rm(before, { force: true });
  await rm(after, { force: true });
}

/**
 * What has to be put back, because the process that wrote over the file was killed half way; null: the file is
 * whole, or has been saved since.
 */
export async function tornWrite(folder: string, present: Buffer): Promise<Buffer | null> {
  const files = names(folder);
  const [before, after] = await Promise.all([readIfThere(files.before), readIfThere(files.after)]);
  if (!before || !after || present.equals(before) || present.equals(after)) return null;
  return isMixture(present, before, after) ? before : null;
}

/** A kill leaves the beginning of one and the rest of the other; a power failure, any pages of both. */
function isMixture(present: Buffer, before: Buffer, after: Buffer): boolean {
  if (present.length > Math.max(before.length, after.length)) return false;
  const written = sharedStart(present, after);
  if (present.subarray(written).equals(before.subarray(written))) return true;
  for (let at = 0; at < present.length; at += PAGE) {
    const page = present.subarray(at, at + PAGE);
    const is = (of: Buffer) => page.equals(of.subarray(at, at + page.length));
    if (!is(before) && !is(after)) return false;
  }
  return present.length === before.length || present.length === after.length;
}

function sharedStart(a: Buffer, b: Buffer): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
}

async function readIfThere(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}
