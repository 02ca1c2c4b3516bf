import type { FolderWatcher } from "../../folder-watcher.ts";

export interface YamlFileOptions {
  path: string;
  /** Folder of the source's kept versions. */
  backups: string;
  /** Whether a file may be read and written, symbolic links followed; left out: the operator named it. */
  mayUse?: ((realPath: string) => boolean) | undefined;
  /** Shared by all files of the process, since files of one folder share a watcher. */
  watcher: FolderWatcher;
}
