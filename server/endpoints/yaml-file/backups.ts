import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Backup, backupTime } from "../../../lib/protocol/file.ts";
import { privateFolder } from "../../private-folder.ts";
import { lineDelta } from "./line-delta.ts";
import { bytesOf, sizeOnDisk, type VersionFile, versionFiles, zippedName } from "./version-files.ts";

const zip = promisify(gzip);

const KEPT = 50;
/** All versions together take at most this many times the size of the newest one. */
const MOST_SIZES = 5;
/** However large they are, so many of the newest stay. */
const KEPT_ANYHOW = 5;
/** What differs from an earlier version is kept alone while it is smaller than this part of the whole. */
const SMALL_DELTA = 1 / 20;

/**
 * Keeps a version that a write has just replaced, compressed: as what differs from an earlier one where that
 * is little. No more than the last 50 stay, and fewer where they would take more than five file sizes.
 * @returns the version's name.
 */
export async function keepVersion(bytes: Buffer, folder: string): Promise<string> {
  await privateFolder(folder);
  const stamp = new Date().toISOString().replaceAll(":", "-");
  const name = `${stamp}-${process.hrtime.bigint() % 1_000_000n}.yml`;
  const before = await versionFiles(folder);
  const delta = await deltaFor(bytes, folder, before);
  const file = zippedName(name, bytes.length, delta?.base);
  const temporary = join(folder, `.${name}.lockstep-tmp`);
  await writeFile(temporary, delta?.zipped ?? (await zip(bytes)));
  await rename(temporary, join(folder, file));
  await removeOld(folder, bytes.length);
  return name;
}

async function deltaFor(bytes: Buffer, folder: string, before: readonly VersionFile[]) {
  const base = before.findLast((version) => version.base === undefined);
  if (!base) return undefined;
  const old = await bytesOf(folder, base, before).catch(() => undefined);
  if (!old) return undefined;
  const zipped = await zip(Buffer.from(lineDelta(old, bytes), "latin1"));
  const small = zipped.length <= Math.max(bytes.length * SMALL_DELTA, 256);
  return small ? { base: base.name, zipped } : undefined;
}

async function removeOld(folder: string, size: number): Promise<void> {
  const all = await versionFiles(folder);
  const sizes = new Map<VersionFile, number>();
  for (const version of all) sizes.set(version, await sizeOnDisk(folder, version));
  for (let most = Math.min(KEPT, all.length); most > 0; most--) {
    const kept = withBases(all, most);
    const total = kept.reduce((sum, version) => sum + (sizes.get(version) ?? 0), 0);
    if (total > MOST_SIZES * size && most > KEPT_ANYHOW) continue;
    const stay = new Set(kept);
    for (const version of all) if (!stay.has(version)) await rm(join(folder, version.file), { force: true });
    return;
  }
}

/** The newest versions, and what they were made from. */
function withBases(all: readonly VersionFile[], most: number): VersionFile[] {
  const newest = new Set(all.slice(-most));
  const bases = new Set([...newest].map(({ base }) => base));
  return all.filter((version) => newest.has(version) || bases.has(version.name));
}

/** The kept versions, newest first. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const all = await versionFiles(folder);
  const found = await Promise.all(
    all
      .slice(-KEPT)
      .reverse()
      .map(async (version): Promise<Backup | null> => {
        const at = backupTime(version.name);
        const size = version.size ?? (await sizeOnDisk(folder, version).catch(() => null));
        return at !== null && size !== null ? { name: version.name, at, size } : null;
      }),
  );
  return found.filter((backup) => backup !== null);
}

/** The bytes of one kept version; null when there is none of this name, whatever the name holds. */
export async function readBackup(folder: string, name: string): Promise<Buffer | null> {
  const all = await versionFiles(folder);
  const version = all.find((each) => each.name === name);
  if (!version) return null;
  return bytesOf(folder, version, all).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}
