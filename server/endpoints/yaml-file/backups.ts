import { copyFile, link, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Backup, backupTime } from "../../../lib/protocol/file.ts";

const KEPT = 50;

/**
 * Keeps the present version of the file before it is replaced, and no more than the last 50: a hard
 * link where the folder is on the same file system (nothing writes to an inode once it is
 * replaced), else a copy.
 * @returns the path of the kept version.
 */
export async function keepBackup(realPath: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const stamp = new Date().toISOString().replaceAll(":", "-");
  const target = join(folder, `${stamp}-${process.hrtime.bigint() % 1_000_000n}.yml`);
  await link(realPath, target).catch(() => copyFile(realPath, target));
  const kept = (await readdir(folder)).filter((name) => name.endsWith(".yml")).sort();
  for (const name of kept.slice(0, Math.max(0, kept.length - KEPT))) {
    await rm(join(folder, name), { force: true });
  }
  return target;
}

/** The kept versions, newest first. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = (await entriesOf(folder)).sort().reverse();
  const found = await Promise.all(
    names.map(async (name): Promise<Backup | null> => {
      const at = backupTime(name);
      const about = at === null ? null : await stat(join(folder, name)).catch(() => null);
      return at !== null && about?.isFile() ? { name, at, size: about.size } : null;
    }),
  );
  return found.filter((backup) => backup !== null);
}

/** The bytes of one kept version; null when there is none of this name, whatever the name holds. */
export async function readBackup(folder: string, name: string): Promise<Buffer | null> {
  if (backupTime(name) === null) return null;
  return readFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}
