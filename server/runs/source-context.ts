import type pg from "pg";
import type { Strategy } from "../../lib/sync/types.ts";
import type { Clock } from "../clock.ts";
import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import type { Logger } from "../log.ts";

/** What a worker brings to the runs of one source, from one run to the next. */
export interface SourceContext {
  source: string;
  pool: pg.Pool;
  clock: Clock;
  log: Logger;
  /** Folder for the source's kept versions. */
  backups: string;
  /** Strategy where the source's settings name none. */
  strategy: Strategy;
  /** Whether a file may be read and written, symbolic links followed; left out: the operator named it. */
  mayUse?: (realPath: string) => boolean;
  /** The file as last read: only a cache, checked against the source's revision before it is believed. */
  snapshot: FileSnapshot | undefined;
  /** Called with what a long run is doing; cheap, and never part of its transaction. */
  progress(phase: "reading" | "reconciling" | "executing" | "saving", done: number, total: number): void;
}

/** What the attempts before this one have learned. */
export interface RetryHint {
  /** A task was absent in this revision: seen once more, it is taken for deleted. */
  revision?: string;
  /** Somebody held rows for too long: go on without those that are still held. */
  skipBusy?: boolean;
}

/** The run gave everything back and wants to start over: another side moved, or two reads must agree. */
export class StartOver extends Error {
  override readonly name = "StartOver";
  constructor(
    readonly reason: string,
    readonly afterMs: number,
    readonly hint: RetryHint | null = null,
  ) {
    super(reason);
  }
}
