import { rm, writeFile } from "node:fs/promises";
import { logger } from "../log.ts";

const EVERY_MS = 10_000;

/**
 * Touches the file regularly for a probe, because a worker listens on no port. The file is not touched while the event
 * loop is blocked, nor while the run of a source hangs, so that the probe has the process restarted. `stop` removes the
 * file, because a file that stays would report a dead worker as alive.
 * @param stuck the sources whose run hangs.
 */
export async function touchHealthFile(
  path: string,
  stuck: () => readonly string[],
): Promise<{ stop(): Promise<void> }> {
  const touch = () => writeFile(path, `${process.pid}\n`, { mode: 0o644 });
  await touch();
  const touchWhenWell = () => {
    const sources = stuck();
    if (sources.length > 0)
      return logger("worker").error({ sources }, "a run hangs, so the health file is not touched");
    // A full disk should not end a worker; the probe notices it.
    void touch().catch(() => undefined);
  };
  const timer = setInterval(touchWhenWell, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await rm(path, { force: true }).catch(() => undefined);
    },
  };
}
