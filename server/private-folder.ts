import { chmod, mkdir } from "node:fs/promises";

/**
 * Makes the folder, and those above it, for its owner alone. A folder that is there already is set to that as well, as
 * far as its owner lets us: one that was mounted may belong to another user.
 */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700).catch(() => undefined);
}
