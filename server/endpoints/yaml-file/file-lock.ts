import lockfile from "proper-lockfile";
import { EndpointUnwritable } from "../errors.ts";
import { takeFlock } from "./flock.ts";

/** A lock whose holder died is free after this long; holders renew it well before. */
const STALE_MS = 5_000;
const UPDATE_MS = 1_000;

/**
 * Runs `work` alone among local processes that respect one of the file's two locks: `<file>.lock`, proper-lockfile's
 * directory form, or flock(2). `work` calls `confirm` just before it touches the file: it takes flock(2), and fails when
 * another took the folder for stale meanwhile. A process that is stopped keeps flock(2), unlike the folder, so it is
 * held for the write alone.
 * @throws {EndpointUnwritable} when another process keeps a lock.
 */
export async function withFileLock<T>(
  realPath: string,
  work: (confirm: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const folder = await lockFolder(realPath);
  let freeFlock = () => {};
  try {
    return await work(async () => {
      freeFlock = await takeFlock(realPath);
      if (!folder.stillMine()) throw new EndpointUnwritable(`${realPath}: its lock was lost`);
    });
  } finally {
    freeFlock();
    await folder.release().catch(() => undefined);
  }
}

interface FolderLock {
  /** False once another took it for stale. */
  stillMine(): boolean;
  release(): Promise<void>;
}

async function lockFolder(realPath: string): Promise<FolderLock> {
  let mine = true;
  try {
    const release = await lockfile.lock(realPath, {
      realpath: false,
      stale: STALE_MS,
      update: UPDATE_MS,
      retries: { retries: 12, factor: 1.3, minTimeout: 10, maxTimeout: 200 },
      // The library's default throws from a timer, which would end the process.
      onCompromised: () => {
        mine = false;
      },
    });
    return { stillMine: () => mine, release };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // A folder in which we may create nothing (a single mounted file). Other processes with our rights can take no lock
    // there either, and whether the file itself can be written is for the write to find out.
    if (code === "EACCES" || code === "EPERM" || code === "EROFS")
      return { stillMine: () => true, release: async () => undefined };
    if (code === "ELOCKED") throw new EndpointUnwritable(`${realPath} is locked by another process`);
    if (typeof code === "string") throw new EndpointUnwritable(`${realPath} cannot be locked (${code})`);
    throw error;
  }
}
