import { rm, writeFile } from "node:fs/promises";

const EVERY_MS = 10_000;

/**
 * Touches the file from now on, for a probe to see: a worker listens on no port. When the event loop
 * stands still so does the file. Gone with `stop`, as a file left behind would speak for the dead.
 */
export async function touchHealthFile(path: string): Promise<{ stop(): Promise<void> }> {
  const touch = () => writeFile(path, `${process.pid}\n`, { mode: 0o644 });
  await touch();
  // A full disk is no reason to end a worker; the probe sees it.
  const timer = setInterval(() => void touch().catch(() => undefined), EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await rm(path, { force: true }).catch(() => undefined);
    },
  };
}
