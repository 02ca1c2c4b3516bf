import { readdir, stat } from "node:fs/promises";
import { privateFolder } from "./private-folder.ts";

/** What Lockstep itself puts into DATA_DIR, in this release and in earlier ones. */
const OURS = /^(?:postgres|postgres\.new-.*|auth-secret.*|api-token|backups|lost\+found)$/;

/**
 * Makes DATA_DIR for its owner alone. A folder with other things in it (DATA_DIR may be set to `/srv`) stays as open
 * as it is, because others may need those; the secrets in it have modes of their own.
 */
export async function openDataFolder(path: string): Promise<void> {
  const isOurs = await readdir(path).then(
    (names) => names.every((name) => OURS.test(name)),
    () => true,
  );
  const isShared = await stat(path).then(
    ({ mode }) => (mode & 0o1000) !== 0,
    () => false,
  );
  if (isOurs && !isShared) await privateFolder(path);
}
