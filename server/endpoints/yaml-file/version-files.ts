import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { backupTime } from "../../../lib/protocol/file.ts";
import { applyLineDelta } from "./line-delta.ts";

const unzip = promisify(gunzip);

/**
 * How a version lies in its folder: `<name>` as it is (of an earlier release), or `<name>~<size>~<base>.gz`,
 * which holds what differs from the version `base`, and all of it where `base` is left out.
 */
export interface VersionFile {
  /** As clients know it. */
  name: string;
  file: string;
  base: string | undefined;
  /** Bytes; undefined where the file on disk has this size. */
  size: number | undefined;
}

export function zippedName(name: string, size: number, base: string | undefined): string {
  return `${name}~${size}${base === undefined ? "" : `~${base}`}.gz`;
}

/** All versions of the folder, oldest first. */
export async function versionFiles(folder: string): Promise<VersionFile[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return files
    .flatMap((file) => {
      const [name = "", size, base] = file.replace(/\.gz$/, "").split("~");
      const version = { name, file, base, size: size === undefined ? undefined : Number(size) };
      return backupTime(name) === null ? [] : [version];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The bytes of one version.
 * @throws ENOENT when it, or the version that it was made from, is gone.
 */
export async function bytesOf(
  folder: string,
  { file, base }: VersionFile,
  all: readonly VersionFile[],
): Promise<Buffer> {
  const stored = await readFile(join(folder, file));
  if (!file.endsWith(".gz")) return stored;
  const plain = await unzip(stored);
  if (base === undefined) return plain;
  const of = all.find(({ name, base: further }) => name === base && further === undefined);
  if (!of) throw Object.assign(new Error(`${base} is gone`), { code: "ENOENT" });
  return applyLineDelta(await bytesOf(folder, of, all), plain.toString("latin1"));
}

export async function sizeOnDisk(folder: string, { file }: VersionFile): Promise<number> {
  return (await stat(join(folder, file))).size;
}
