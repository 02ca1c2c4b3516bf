import { realpath } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { Coalescer } from "../../lib/coalescer.ts";
import type { Logger } from "../log.ts";

export interface WatchOptions {
  debounceMs: number;
  polling: boolean;
  log: Logger;
}

interface Folder {
  watcher: FSWatcher;
  names: string;
}

/**
 * Tells of changes in files, each once it has been quiet for the debounce. Watches their folders, as
 * vim, git and our own writes replace a file's inode, and the folders that symbolic links point into:
 * one watcher per folder, however many files of it are of interest.
 */
export class FileWatcher {
  private readonly folders = new Map<string, Folder>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** What is watched, under each of its names -> the path it was given as. */
  private given = new Map<string, string[]>();
  private closed = false;
  private wanted: readonly string[] = [];
  private readonly changes = new Coalescer(() => this.change(this.wanted));

  constructor(
    private readonly options: WatchOptions,
    private readonly onChange: (path: string) => void,
  ) {}

  /** Watches exactly these files from now on; resolves when every change would be noticed. */
  watch(paths: readonly string[]): Promise<void> {
    this.wanted = paths;
    return this.changes.run();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.changes.close();
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all([...this.folders.values()].map(({ watcher }) => watcher.close()));
  }

  private async change(paths: readonly string[]): Promise<void> {
    const given = new Map<string, string[]>();
    for (const path of paths) {
      const absolute = resolve(path);
      const real = await realpath(absolute).catch(() => absolute);
      for (const name of new Set([absolute, real])) given.set(name, [...(given.get(name) ?? []), path]);
    }
    const wanted = new Map<string, Set<string>>();
    for (const name of given.keys())
      wanted.set(dirname(name), (wanted.get(dirname(name)) ?? new Set()).add(basename(name)));
    this.given = given;
    for (const [folder, { watcher }] of [...this.folders]) {
      if (wanted.has(folder)) continue;
      this.folders.delete(folder);
      await watcher.close();
    }
    for (const [folder, names] of wanted) await this.watchFolder(folder, names);
  }

  private async watchFolder(folder: string, wanted: ReadonlySet<string>): Promise<void> {
    const before = this.folders.get(folder);
    const names = [...wanted].sort().join("/");
    if (before?.names === names) return;
    const { polling, log } = this.options;
    const watcher = watch(folder, {
      depth: 0,
      ignoreInitial: true,
      usePolling: polling,
      interval: 300,
      // Of the folder's other files nothing is of interest, and some (sockets) cannot be watched.
      ignored: (candidate, stats) =>
        stats !== undefined && !stats.isDirectory() && !wanted.has(basename(candidate)),
    });
    watcher.on("all", (_event, changed) => this.changed(resolve(changed)));
    watcher.on("error", (error) =>
      log.error({ err: error, folder }, "a folder cannot be watched; the periodic sync still looks"),
    );
    await new Promise<void>((ready) => watcher.once("ready", () => ready()));
    this.folders.set(folder, { watcher, names });
    // Only now: nothing that happens in between goes unnoticed.
    await before?.watcher.close();
  }

  private changed(name: string): void {
    if (this.closed) return;
    for (const path of this.given.get(name) ?? []) {
      clearTimeout(this.timers.get(path));
      this.timers.set(
        path,
        setTimeout(() => {
          this.timers.delete(path);
          this.onChange(path);
        }, this.options.debounceMs),
      );
    }
  }
}
