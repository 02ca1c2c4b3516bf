import { rm, writeFile } from "node:fs/promises";

const EVERY_MS = 10_000;

/**
 * Touches the file regularly for a probe, because a worker listens on no port. When the event loop is
 * blocked, the file is not touched. `stop` removes the file, because a file that stays would report a dead
 * worker as alive.
 */
export async function touchHealthFile(path: string): Promise<{ stop(): Promise<void> }> {
  const touch = () => writeFile(path, `${process.pid}\n`, { mode: 0o644 });
  await touch();
  // A full disk should not end a worker; the probe notices it.
  const timer = setInterval(() => void touch().catch(() => undefined), EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await rm(path, { force: true }).catch(() => undefined);
    },
  };
}
