import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";

/** Of file text; parsed it takes several times as much. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The files as last read, of all sources of this worker: those used last, up to a number of bytes, and
 * the very last in any case. What is dropped costs its next run a read.
 */
export class SnapshotCache {
  /** The one used longest ago comes first. */
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
