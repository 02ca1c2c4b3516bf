import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";

/** Bytes of file text; a parsed file takes several times as much. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The last read files of all sources of this worker: the recently used ones up to a number of bytes, and
 * always the last one. A dropped file has to be read again by its next run.
 */
export class SnapshotCache {
  /** In order of use: the one used longest ago comes first. */
  private readonly kept = new Map<string, FileSnapshot>();
  private bytes = 0;

  constructor(private readonly most = MOST_BYTES) {}

  get(source: string): FileSnapshot | undefined {
    const found = this.kept.get(source);
    if (found) {
      this.kept.delete(source);
      this.kept.set(source, found);
    }
    return found;
  }

  set(source: string, snapshot: FileSnapshot | undefined): void {
    this.drop(source);
    if (!snapshot) return;
    this.kept.set(source, snapshot);
    this.bytes += snapshot.bytes.length;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.most || oldest === source) break;
      this.drop(oldest);
    }
  }

  private drop(source: string): void {
    this.bytes -= this.kept.get(source)?.bytes.length ?? 0;
    this.kept.delete(source);
  }
}
