import lockfile from "proper-lockfile";
import { EndpointUnwritable } from "../errors.ts";

/** A lock whose holder died is free after this long; holders renew it well before. */
const STALE_MS = 5_000;
const UPDATE_MS = 1_000;

/**
 * Runs `work` alone among local processes that respect the lock (`<file>.lock`, proper-lockfile's
 * directory form). `stillMine` tells, just before the write, that nobody took it for stale meanwhile.
 * @throws {EndpointUnwritable} when another process keeps the lock.
 */
export async function withFileLock<T>(
  realPath: string,
  work: (stillMine: () => boolean) => Promise<T>,
): Promise<T> {
  let mine = true;
  let release: () => Promise<void>;
  try {
    release = await lockfile.lock(realPath, {
      realpath: false,
      stale: STALE_MS,
      update: UPDATE_MS,
      retries: { retries: 12, factor: 1.3, minTimeout: 10, maxTimeout: 200 },
      // The library's default throws from a timer, which would end the process.
      onCompromised: () => {
        mine = false;
      },
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // A folder in which we may create nothing (a single mounted file): nobody like us can take a lock
    // there, and whether the file itself can be written is for the write to find out.
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") return work(() => true);
    if (code === "ELOCKED") throw new EndpointUnwritable(`${realPath} is locked by another process`);
    if (typeof code === "string") throw new EndpointUnwritable(`${realPath} cannot be locked (${code})`);
    throw error;
  }
  try {
    return await work(() => mine);
  } finally {
    await release().catch(() => undefined);
  }
}
