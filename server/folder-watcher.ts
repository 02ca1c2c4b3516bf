import { realpath } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { Coalescer } from "../lib/coalescer.ts";
import { folderAt, type Sight, sightOf } from "./file-sight.ts";
import type { Logger } from "./log.ts";

export interface WatchOptions {
  debounceMs: number;
  polling: boolean;
  log: Logger;
  /** How often files and folders are looked at besides; tests look more often. */
  lookEveryMs?: number;
}

export interface FileWatch {
  close(): Promise<void>;
  /** Whether the file has been looked at lately. @param now by `performance.now()`. */
  isAlive(now?: number): boolean;
}

interface Folder {
  /** The folder that stood there when its watcher began; null: none, so that there is nothing to watch. */
  standing: Sight;
  watcher: FSWatcher | null;
  names: string;
}

interface WatchedFile {
  path: string;
  onChange(): void;
  /** Every path that leads to it, symbolic links followed or not; undefined: to be found out (again). */
  names: string[] | undefined;
  /** As it was when it was last told of. */
  seen: Sight;
  /** By `performance.now()`. */
  lookedAt: number;
  looking: boolean;
  timer?: NodeJS.Timeout;
}

const LOOK_EVERY_MS = 1_000;
/** A look that takes longer than this (a network drive that hangs) is no proof that changes would be noticed. */
const ALIVE_MS = 10_000;

/**
 * Tells of changes in files, each once it has been quiet for the debounce. It watches their folders, as
 * vim, git and our own writes replace a file's inode, and the folders that symbolic links point into:
 * one watcher per folder, however many files of it are of interest.
 *
 * The system's notifications say nothing when the folder itself is replaced, a link on the way leads
 * elsewhere, or the drive does not support them. So each file and folder is also looked at every second (`stat`),
 * and a watcher whose folder is no longer the one at its path begins anew.
 */
export class FolderWatcher {
  private readonly folders = new Map<string, Folder>();
  private readonly files = new Set<WatchedFile>();
  private names = new Map<string, WatchedFile[]>();
  private closed = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly refreshes = new Coalescer(() => this.watchFolders());
  private readonly folderLooks = new Coalescer(() => this.lookAtFolders());

  constructor(private readonly options: WatchOptions) {}

  /** Resolves when every later change of the file would be noticed. */
  async watch(path: string, onChange: () => void): Promise<FileWatch> {
    const seen = await sightOf(path);
    const lookedAt = performance.now();
    const file: WatchedFile = { path, onChange, names: undefined, seen, lookedAt, looking: false };
    this.files.add(file);
    this.timer ??= setInterval(() => this.look(), this.options.lookEveryMs ?? LOOK_EVERY_MS).unref();
    await this.refreshes.run();
    return {
      close: async () => {
        clearTimeout(file.timer);
        this.files.delete(file);
        await this.refreshes.run();
      },
      isAlive: (now = performance.now()) =>
        !this.closed && this.files.has(file) && now - file.lookedAt < ALIVE_MS,
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.folderLooks.close();
    await this.refreshes.close();
    for (const { timer } of this.files) clearTimeout(timer);
    const watchers = [...this.folders.values()].flatMap(({ watcher }) => watcher ?? []);
    await Promise.all(watchers.map((watcher) => watcher.close()));
  }

  private look(): void {
    for (const file of this.files) void this.lookAtFile(file);
    this.folderLooks.now();
  }

  /** A file whose look hangs holds up no other, and is not asked for again meanwhile. */
  private async lookAtFile(file: WatchedFile): Promise<void> {
    if (file.looking) return;
    file.looking = true;
    const sight = await sightOf(file.path);
    file.looking = false;
    file.lookedAt = performance.now();
    // While the timer runs, the change has been noticed already.
    if (this.closed || sight === file.seen || file.timer) return;
    file.names = undefined;
    this.noticed(file);
    this.refreshes.now();
  }

  private async lookAtFolders(): Promise<void> {
    let moved = false;
    for (const [path, folder] of this.folders) {
      if ((await folderAt(path)) === folder.standing) continue;
      folder.names = "";
      moved = true;
      for (const file of this.files)
        if (file.names?.some((name) => dirname(name) === path)) file.names = undefined;
    }
    if (moved) await this.refreshes.run();
  }

  private async watchFolders(): Promise<void> {
    const names = new Map<string, WatchedFile[]>();
    for (const file of this.files)
      for (const name of (file.names ??= await namesOf(file.path)))
        names.set(name, [...(names.get(name) ?? []), file]);
    const wanted = new Map<string, Set<string>>();
    for (const name of names.keys())
      wanted.set(dirname(name), (wanted.get(dirname(name)) ?? new Set()).add(basename(name)));
    this.names = names;
    for (const [folder, { watcher }] of [...this.folders]) {
      if (wanted.has(folder)) continue;
      this.folders.delete(folder);
      await watcher?.close();
    }
    for (const [folder, namesInIt] of wanted) await this.watchFolder(folder, namesInIt);
  }

  private async watchFolder(path: string, wanted: ReadonlySet<string>): Promise<void> {
    const before = this.folders.get(path);
    const names = [...wanted].sort().join("/");
    if (before?.names === names) return;
    // Before the watcher begins: a folder that comes in between is noticed by the next look.
    const standing = await folderAt(path);
    const watcher = standing === null ? null : await this.startWatcher(path, wanted);
    this.folders.set(path, { standing, watcher, names });
    // The earlier watcher closes last, so that no change in between goes unnoticed.
    await before?.watcher?.close();
  }

  private async startWatcher(folder: string, wanted: ReadonlySet<string>): Promise<FSWatcher> {
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
      log.error(
        { err: error, folder },
        "a folder cannot be watched; its files are still looked at every second",
      ),
    );
    await new Promise<void>((ready) => watcher.once("ready", () => ready()));
    return watcher;
  }

  private changed(name: string): void {
    for (const file of this.names.get(name) ?? []) this.noticed(file);
  }

  private noticed(file: WatchedFile): void {
    if (this.closed) return;
    clearTimeout(file.timer);
    file.timer = setTimeout(() => void this.tell(file), this.options.debounceMs);
  }

  private async tell(file: WatchedFile): Promise<void> {
    const { timer } = file;
    // The state is read before the callback, so that the callback reads this state or a later one.
    const sight = await sightOf(file.path);
    if (file.timer !== timer) return;
    file.seen = sight;
    delete file.timer;
    if (!this.closed && this.files.has(file)) file.onChange();
  }
}

async function namesOf(path: string): Promise<string[]> {
  const absolute = resolve(path);
  const real = await realpath(absolute).catch(() => absolute);
  return [...new Set([absolute, real])];
}
