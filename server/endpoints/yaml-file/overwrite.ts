import { copyFile, type FileHandle, open, readFile, rm } from "node:fs/promises";
import { EndpointChanged } from "../errors.ts";
import { beginJournal, endJournal, tornWrite } from "./in-place-journal.ts";

interface Overwrite {
  realPath: string;
  expected: Buffer;
  wanted: Buffer;
  /** Folder of the kept versions, in which the write is noted while it lasts. */
  backups: string;
}

/**
 * Writes in place where the file cannot be renamed over, or other names would lose it. When that fails half way
 * (disk full) the old bytes are put back, for which there is room; when the process is killed half way,
 * `mendTornWrite` does it.
 */
export async function overwrite({ realPath, expected, wanted, backups }: Overwrite): Promise<void> {
  const file = await open(realPath, "r+");
  try {
    const backup = `${realPath}.bak`;
    await rm(backup, { force: true })
      .then(() => copyFile(realPath, backup))
      .catch(() => undefined); // a folder that is not ours to write: the kept version serves
    await beginJournal(backups, expected, wanted);
    try {
      if (!(await readFile(realPath)).equals(expected)) throw new EndpointChanged(realPath);
      await fill(file, wanted);
    } catch (error) {
      if (!(error instanceof EndpointChanged)) await fill(file, expected);
      throw error;
    } finally {
      await endJournal(backups);
    }
  } finally {
    await file.close();
  }
}

/**
 * Puts back what a write in place has left half done, after a crash.
 * @returns whether there was one.
 */
export async function mendTornWrite(realPath: string, backups: string): Promise<boolean> {
  const file = await open(realPath, "r+");
  try {
    const before = await tornWrite(backups, await readFile(realPath));
    if (before) await fill(file, before);
    await endJournal(backups);
    return before !== null;
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle, bytes: Buffer): Promise<void> {
  await file.write(bytes, 0, bytes.length, 0);
  await file.truncate(bytes.length);
  await file.sync();
}
