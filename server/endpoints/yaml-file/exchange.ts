import { linkSync, renameSync, rmSync, statSync } from "node:fs";
import { link, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { FileChanged } from "./write-errors.ts";

/**
 * Puts `temporary` in the file's place and leaves what stood there as `.bak`.
 * @throws {FileChanged} someone saved in that instant; their bytes stand in the file.
 */
export async function exchange(temporary: string, realPath: string, expected: Buffer): Promise<void> {
  const backup = `${realPath}.bak`;
  linkAndRename(temporary, realPath, backup);
  await syncFolder(dirname(realPath));
  if ((await readFile(backup)).equals(expected)) return;
  // Theirs was renamed over by ours; the link still has it.
  await link(backup, temporary);
  await rename(temporary, realPath);
  await syncFolder(dirname(realPath));
  throw new FileChanged(realPath);
}

/** Synchronous, so that of our own process nothing and of others as little as possible happens in between. */
function linkAndRename(temporary: string, realPath: string, backup: string): void {
  const staged = `${temporary}.bak`;
  try {
    linkSync(realPath, staged);
    // Leaves `staged` standing when both are links of one file: a write that got no further than here.
    renameSync(staged, backup);
    if (statSync(realPath).ino !== statSync(backup).ino) throw new FileChanged(realPath);
    renameSync(temporary, realPath);
  } finally {
    rmSync(staged, { force: true });
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
