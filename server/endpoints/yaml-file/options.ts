import type { FolderWatcher } from "../../folder-watcher.ts";
import type { MayUse } from "../may-use.ts";

export interface YamlFileOptions {
  path: string;
  /** Folder of the source's kept versions. */
  backups: string;
  /** Left out: any file. */
  mayUse?: MayUse | undefined;
  /** How long the file has to be quiet before a save of it counts as finished. */
  debounceMs: number;
  /** Milliseconds of the clock that stamps the file; left out: the machine's. */
  now?: (() => number) | undefined;
  /** Shared by all files of the process, since files of one folder share a watcher. */
  watcher: FolderWatcher;
}
