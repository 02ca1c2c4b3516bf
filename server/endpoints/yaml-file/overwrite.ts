import { copyFile, type FileHandle, open, readFile, rm } from "node:fs/promises";
import type { MayWrite } from "../endpoint.ts";
import { EndpointChanged, EndpointTaken } from "../errors.ts";
import { beginJournal, endJournal, tornWrite } from "./in-place-journal.ts";

interface Overwrite {
  realPath: string;
  expected: Buffer;
  wanted: Buffer;
  /** Folder of the kept versions, in which the write is noted while it lasts. */
  backups: string;
  mayWrite: MayWrite;
}

/**
 * Writes in place where the file cannot be renamed over, or other names would lose it. When that fails half way
 * (disk full) the old bytes are put back, for which there is room; when the process is killed half way, or may not
 * write any more, `mendTornWrite` does it in the next run.
 */
export async function overwrite({ realPath, expected, wanted, backups, mayWrite }: Overwrite): Promise<void> {
  const file = await open(realPath, "r+");
  try {
    if (!mayWrite()) throw new EndpointTaken(realPath);
    const backup = `${realPath}.bak`;
    await rm(backup, { force: true })
      .then(() => copyFile(realPath, backup))
      .catch(() => undefined); // a folder that is not ours to write: the kept version serves
    if (!mayWrite()) throw new EndpointTaken(realPath);
    await beginJournal(backups, expected, wanted);
    try {
      if (!(await readFile(realPath)).equals(expected)) throw new EndpointChanged(realPath);
      await fill(file, wanted, mayWrite);
    } catch (error) {
      const untouched = error instanceof EndpointChanged || error instanceof EndpointTaken;
      if (!untouched) await fill(file, expected, mayWrite);
      throw error;
    } finally {
      // Another run's journal may stand there by now; and what is half written stays noted for that run.
      if (mayWrite()) await endJournal(backups);
    }
  } finally {
    await file.close();
  }
}

/**
 * Puts back what a write in place has left half done, after a crash.
 * @returns whether there was one.
 */
export async function mendTornWrite(realPath: string, backups: string, mayWrite: MayWrite): Promise<boolean> {
  const file = await open(realPath, "r+");
  try {
    const before = await tornWrite(backups, await readFile(realPath));
    if (before) await fill(file, before, mayWrite);
    if (mayWrite()) await endJournal(backups);
    return before !== null;
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle, bytes: Buffer, mayWrite: MayWrite): Promise<void> {
  if (!mayWrite()) throw new EndpointTaken("it may not be written any more");
  // Where the disk has room for a part only, that part is written, and only the next write fails.
  for (let at = 0; at < bytes.length;)
    at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten;
  if (!mayWrite()) throw new EndpointTaken("it may not be written any more");
  await file.truncate(bytes.length);
  await file.sync();
}
