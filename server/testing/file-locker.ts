import lockfile from "proper-lockfile";

/** Holds the file's lock as another process would that respects it. */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  return lockfile.lock(path, {
    realpath: false,
    stale: 60_000,
    update: 1_000,
    retries: { retries: 200, minTimeout: 5, maxTimeout: 50 },
  });
}
