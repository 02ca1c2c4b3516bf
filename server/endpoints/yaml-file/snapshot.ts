import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import type { UnreadableSide } from "../endpoint.ts";

/** What tells, without reading it, that a file is not the one last seen. */
export interface FileIdentity {
  size: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  ino: bigint;
  dev: bigint;
}

/** An immutable read of the file: its bytes, what they say, and their revision (SHA-256). */
export interface FileSnapshot {
  /** Symbolic links followed: the file that a write replaces. */
  realPath: string;
  bytes: Buffer;
  revision: string;
  document: ScheduleDocument;
  identity: FileIdentity;
  /** When the bytes were read, in milliseconds of the machine's clock: for the racy rule. */
  readAt: number;
  /** ISO 8601, from the file system. */
  modifiedAt: string;
}

export type FileRead = { ok: true; snapshot: FileSnapshot } | ({ ok: false } & UnreadableFile);

export interface UnreadableFile extends UnreadableSide {
  /** What was read; null when nothing could be. */
  bytes: Buffer | null;
}

export function sameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return (
    a.ino === b.ino &&
    a.dev === b.dev &&
    a.size === b.size &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}

/** Coarser than any file system's time stamps in use (FAT counts in two seconds). */
const RACY_MS = 2_000;

/**
 * Git's racy rule: a file changed again within one tick of its time stamp looks unchanged, so an
 * equal identity proves equal bytes only when they were read well after that stamp. Any of the stamps:
 * programs set mtime back, and a change within one tick of ctime then shows in neither.
 */
export function isSafelyOld({ readAt, identity }: FileSnapshot): boolean {
  return readAt - changedAt(identity) > RACY_MS;
}

/** When the file was last changed by any of its time stamps, in milliseconds. */
export function changedAt({ mtimeNs, ctimeNs }: FileIdentity): number {
  return Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
}
