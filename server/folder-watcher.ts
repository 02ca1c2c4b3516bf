import { realpath } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { Coalescer } from "../lib/coalescer.ts";
import type { Logger } from "./log.ts";

export interface WatchOptions {
  debounceMs: number;
  polling: boolean;
  log: Logger;
}

interface Folder {
  watcher: FSWatcher;
  names: string;
}

interface WatchedFile {
  path: string;
  onChange(): void;
  timer?: NodeJS.Timeout;
}

/**
 * Tells of changes in files, each once it has been quiet for the debounce. It watches their folders, as
 * vim, git and our own writes replace a file's inode, and the folders that symbolic links point into:
 * one watcher per folder, however many files of it are of interest.
 */
export class FolderWatcher {
  private readonly folders = new Map<string, Folder>();
  private readonly files = new Set<WatchedFile>();
  /** Every path that leads to a watched file, symbolic links followed or not. */
  private names = new Map<string, WatchedFile[]>();
  private closed = false;
  private readonly refreshes = new Coalescer(() => this.watchFolders());

  constructor(private readonly options: WatchOptions) {}

  /** Resolves when every later change of the file would be noticed. */
  async watch(path: string, onChange: () => void): Promise<{ close(): Promise<void> }> {
    const file: WatchedFile = { path, onChange };
    this.files.add(file);
    await this.refreshes.run();
    return {
      close: async () => {
        clearTimeout(file.timer);
        this.files.delete(file);
        await this.refreshes.run();
      },
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.refreshes.close();
    for (const { timer } of this.files) clearTimeout(timer);
    await Promise.all([...this.folders.values()].map(({ watcher }) => watcher.close()));
  }

  private async watchFolders(): Promise<void> {
    const names = new Map<string, WatchedFile[]>();
    for (const file of this.files) {
      const absolute = resolve(file.path);
      const real = await realpath(absolute).catch(() => absolute);
      for (const name of new Set([absolute, real])) names.set(name, [...(names.get(name) ?? []), file]);
    }
    const wanted = new Map<string, Set<string>>();
    for (const name of names.keys())
      wanted.set(dirname(name), (wanted.get(dirname(name)) ?? new Set()).add(basename(name)));
    this.names = names;
    for (const [folder, { watcher }] of [...this.folders]) {
      if (wanted.has(folder)) continue;
      this.folders.delete(folder);
      await watcher.close();
    }
    for (const [folder, namesInIt] of wanted) await this.watchFolder(folder, namesInIt);
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
      // No other file of the folder is of interest, and some (sockets) cannot be watched.
      ignored: (candidate, stats) =>
        stats !== undefined && !stats.isDirectory() && !wanted.has(basename(candidate)),
    });
    watcher.on("all", (_event, changed) => this.changed(resolve(changed)));
    watcher.on("error", (error) =>
      log.error({ err: error, folder }, "a folder cannot be watched; the periodic sync still looks"),
    );
    await new Promise<void>((ready) => watcher.once("ready", () => ready()));
    this.folders.set(folder, { watcher, names });
    // The earlier watcher closes last, so that no change in between goes unnoticed.
    await before?.watcher.close();
  }

  private changed(name: string): void {
    if (this.closed) return;
    for (const file of this.names.get(name) ?? []) {
      clearTimeout(file.timer);
      file.timer = setTimeout(() => file.onChange(), this.options.debounceMs);
    }
  }
}
