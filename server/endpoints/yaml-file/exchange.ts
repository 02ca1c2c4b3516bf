import { linkSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import type { MayWrite } from "../endpoint.ts";
import { EndpointChanged, EndpointTaken } from "../errors.ts";

export interface Exchange {
  /** Holds `wanted`, in the file's own folder. */
  temporary: string;
  realPath: string;
  expected: Buffer;
  wanted: Buffer;
  mayWrite: MayWrite;
}

/**
 * Puts `temporary` in the file's place and leaves what stood there as `.bak`.
 * @throws {EndpointChanged} someone saved in that instant; their bytes stand in the file.
 * @throws {EndpointTaken} it may not be written any more; the file is as it was.
 */
export async function exchange(files: Exchange): Promise<void> {
  try {
    linkAndRename(files);
  } finally {
    await syncFolder(dirname(files.realPath));
  }
}

/** Synchronous, so that of our own process nothing and of others as little as possible happens in between. */
function linkAndRename({ temporary, realPath, expected, wanted, mayWrite }: Exchange): void {
  if (!mayWrite()) throw new EndpointTaken(realPath);
  const staged = `${temporary}.bak`;
  const backup = `${realPath}.bak`;
  try {
    linkSync(realPath, staged);
    // Leaves `staged` standing when both are links of one file: a write that got no further than here.
    renameSync(staged, backup);
    if (statSync(realPath).ino !== statSync(backup).ino) throw new EndpointChanged(realPath);
    if (!mayWrite()) throw new EndpointTaken(realPath);
    renameSync(temporary, realPath);
    if (readFileSync(backup).equals(expected)) return;
    // Theirs was renamed over by ours; the link still has it. Unless they have saved once more, over
    // ours: then that is their last word and stands.
    if (readFileSync(realPath).equals(wanted)) {
      linkSync(backup, temporary);
      renameSync(temporary, realPath);
    }
    throw new EndpointChanged(realPath);
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
