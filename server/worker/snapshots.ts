import type { Snapshot } from "../endpoints/endpoint.ts";

/** Bytes of file text; a parsed file takes several times as much. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The last read files of all sources of this worker: the recently used ones up to a number of bytes, and
 * always the last one. A dropped file has to be read again by its next run.
 */
export class SnapshotCache {
  /** In order of use: the one used longest ago comes first. */
  private readonly kept = new Map<string, Snapshot>();
  private bytes = 0;

  constructor(private readonly most = MOST_BYTES) {}

  get(source: string): Snapshot | undefined {
    const found = this.kept.get(source);
    if (found) {
      this.kept.delete(source);
      this.kept.set(source, found);
    }
    return found;
  }

  set(source: string, snapshot: Snapshot | undefined): void {
    this.drop(source);
    if (!snapshot) return;
    this.kept.set(source, snapshot);
    this.bytes += snapshot.size;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.most || oldest === source) break;
      this.drop(oldest);
    }
  }

  /** The place of one source in this cache. */
  of(source: string): KeptSnapshot {
    return { get: () => this.get(source), set: (snapshot) => this.set(source, snapshot) };
  }

  private drop(source: string): void {
    this.bytes -= this.kept.get(source)?.size ?? 0;
    this.kept.delete(source);
  }
}

/** Where a source's last reading is kept between its runs. */
export interface KeptSnapshot {
  get(): Snapshot | undefined;
  set(snapshot: Snapshot | undefined): void;
}
