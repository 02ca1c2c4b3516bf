import { stat } from "node:fs/promises";

/** What a look at a file shows without reading it; null where there is none. Another sight is another state of the file. */
export type Sight = string | null;

/** Looks at a file, symbolic links followed. */
export async function sightOf(path: string): Promise<Sight> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found && [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(":");
}

/** Which folder stands at a path; null where there is none. */
export async function folderAt(path: string): Promise<Sight> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found?.isDirectory() ? [found.dev, found.ino].join(":") : null;
}
