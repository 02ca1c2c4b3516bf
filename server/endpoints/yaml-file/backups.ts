import { copyFile, link, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

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
