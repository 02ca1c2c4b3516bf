import { copyFile, type FileHandle, open, readFile, rm } from "node:fs/promises";
import { EndpointChanged } from "../errors.ts";

interface Overwrite {
  realPath: string;
  expected: Buffer;
  wanted: Buffer;
  /** The kept version, which may be a link to the very bytes about to be written over. */
  kept: string;
}

/**
 * Writes in place, after a copy, where the file cannot be renamed over. When that fails half way
 * (disk full) the old bytes are put back, for which there is room.
 */
export async function overwrite({ realPath, expected, wanted, kept }: Overwrite): Promise<void> {
  const file = await open(realPath, "r+");
  try {
    // A link would change with the file: replace it by a copy.
    await rm(kept, { force: true });
    await copyFile(realPath, kept);
    const backup = `${realPath}.bak`;
    await rm(backup, { force: true })
      .then(() => copyFile(realPath, backup))
      .catch(() => undefined); // a folder that is not ours to write: the kept version serves
    if (!(await readFile(kept)).equals(expected)) throw new EndpointChanged(realPath);
    try {
      await fill(file, wanted);
    } catch (error) {
      await fill(file, expected);
      throw error;
    }
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle, bytes: Buffer): Promise<void> {
  await file.write(bytes, 0, bytes.length, 0);
  await file.truncate(bytes.length);
  await file.sync();
}
