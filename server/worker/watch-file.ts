import { realpath } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { watch } from "chokidar";
import type { Logger } from "../log.ts";

export interface WatchOptions {
  debounceMs: number;
  polling: boolean;
  log: Logger;
}

/**
 * Calls `onChange` once the file has been quiet for the debounce. Watches the folder, as vim, git
 * and our own writes replace the file's inode; and the folder that a symbolic link points into.
 */
export async function watchFile(
  path: string,
  { debounceMs, polling, log }: WatchOptions,
  onChange: () => void,
): Promise<{ close(): Promise<void> }> {
  const absolute = resolve(path);
  const real = await realpath(absolute).catch(() => absolute);
  const files = new Set([absolute, real]);
  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, debounceMs);
  };
  const watcher = watch([...new Set([...files].map((file) => dirname(file)))], {
    depth: 0,
    ignoreInitial: true,
    usePolling: polling,
    interval: 300,
    // Of the folder's other files nothing is of interest, and some (sockets) cannot be watched.
    ignored: (candidate, stats) => stats !== undefined && !stats.isDirectory() && ![...files].some((file) => basename(file) === basename(candidate)),
  });
  watcher.on("all", (_event, changedPath) => {
    if (files.has(resolve(changedPath))) changed();
  });
  watcher.on("error", (error) => log.error({ err: error, path }, "the file cannot be watched; the periodic sync still looks"));
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
