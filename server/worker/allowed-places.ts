import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** Where the files of sources may lie, by real paths. */
export interface Places {
  /** Files may lie in these folders, at any depth. */
  folders: readonly string[];
  /** But not in these, wherever they are: they hold secrets, or are no files that people edit. */
  never: readonly string[];
}

/** What the kernel shows as files: `/proc/self/environ` has every secret of this process. */
const KERNEL = ["/proc", "/sys", "/dev"];

/**
 * The places as they are at this moment: a link on the way to a folder may lead elsewhere after an update.
 * @param where.home the folder of the list, or of the only file.
 * @param where.folders those of SOURCE_FOLDERS.
 */
export async function allowedPlaces(where: {
  home: string;
  folders: readonly string[];
  dataDir: string;
}): Promise<Places> {
  const folders = [where.home, ...where.folders].map((folder) => realPathOf(resolve(folder)));
  return {
    folders: await Promise.all(folders),
    never: [...KERNEL, await realPathOf(resolve(where.dataDir))],
  };
}

/** Whether a file may be read and written; the path must have its symbolic links followed. */
export function mayLieAt(real: string, { folders, never }: Places): boolean {
  return (
    folders.some((folder) => isInside(real, folder)) &&
    !never.some((place) => real === place || isInside(real, place))
  );
}

/** The real path, also of a file that does not exist: then of the folders that do. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPathOf(parent), basename(path));
  }
}

function isInside(real: string, folder: string): boolean {
  const way = relative(folder, real);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
