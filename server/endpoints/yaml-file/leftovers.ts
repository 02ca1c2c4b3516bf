import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Removes temporary files that a killed process left beside the file. The caller holds the
 * source's lock, so no other process is writing one.
 */
export async function removeLeftovers(realPath: string): Promise<void> {
  const [start, end] = [`.${basename(realPath)}.`, ".lockstep-tmp"];
  const names = await readdir(dirname(realPath));
  const left = names.filter(
    (name) => name.startsWith(start) && (name.endsWith(end) || name.endsWith(`${end}.bak`)),
  );
  for (const name of left) await rm(join(dirname(realPath), name), { force: true }).catch(() => undefined);
}
