import { createHash } from "node:crypto";
import { type BigIntStats, constants } from "node:fs";
import { open, realpath, stat } from "node:fs/promises";
import type { Problem } from "../../../lib/problem.ts";
import { decodeSchedule } from "../../../lib/yaml/decode.ts";
import { readScheduleInSteps } from "../../../lib/yaml/read.ts";
import { inSlices } from "../../in-slices.ts";
import type { MayUse } from "../may-use.ts";
import {
  type FileIdentity,
  type FileRead,
  type FileSnapshot,
  isSafelyOld,
  sameIdentity,
} from "./snapshot.ts";

const MAX_BYTES = 512 * 1024 * 1024;

export type Progress = (done: number, total: number) => void;

export function revisionOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export async function identify(path: string): Promise<FileIdentity & { regular: boolean }> {
  const { size, mtimeNs, ctimeNs, ino, dev, ...rest } = await stat(path, { bigint: true });
  return { size, mtimeNs, ctimeNs, ino, dev, regular: (rest.mode & 0o170000n) === 0o100000n };
}

/**
 * Reads the file, at a cost that follows what changed since `previous`: a `stat` when it is
 * untouched, a comparison of bytes when it was only rewritten, else a parse of the changed chunks.
 */
export async function readYamlFile(
  path: string,
  previous: FileSnapshot | undefined,
  progress: Progress = () => undefined,
  mayUse: MayUse = () => true,
): Promise<FileRead> {
  try {
    for (;;) {
      const [realPath, before] = await Promise.all([realpath(path), identify(path)]);
      if (!(await mayUse(realPath))) return unreadable("file_unreadable", outside(path));
      if (!before.regular) return unreadable("file_unreadable", `${path} is not a regular file`);
      if (before.size > MAX_BYTES)
        return unreadable("too_complex", `${path} is larger than ${MAX_BYTES} bytes`);
      if (
        previous?.realPath === realPath &&
        sameIdentity(before, previous.identity) &&
        isSafelyOld(previous)
      ) {
        return { ok: true, snapshot: previous };
      }
      const readAt = Date.now();
      const { bytes, opened } = await readAll(realPath, Number(before.size));
      // Another file was put in the place of the one that was asked about.
      if (opened.ino !== before.ino || opened.dev !== before.dev) continue;
      // Someone saved while we read: what we hold may be half old, half new.
      if (!sameIdentity(before, await identify(realPath))) continue;
      return await interpret(realPath, bytes, before, readAt, previous, progress);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      return unreadable("file_missing", `${path} does not exist; put it back or restore a backup`);
    }
    if (typeof code === "string") return unreadable("file_unreadable", `${path} cannot be read (${code})`);
    throw error;
  }
}

/** In words: a link that was put into the folder is not to show or change what lies elsewhere. */
export function outside(path: string): string {
  return (
    `${path} leads to where no schedule may be; it may be in its own folder (that of the list, where there is one) ` +
    "and in those of SOURCE_FOLDERS, and never in DATA_DIR"
  );
}

/** In one go when the file has this size; else as much as there is. A pipe put in its place does not block. */
async function readAll(path: string, size: number): Promise<{ bytes: Buffer; opened: BigIntStats }> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const opened = await file.stat({ bigint: true });
    const bytes = Buffer.allocUnsafeSlow(size + 1);
    const { bytesRead } = await file.read(bytes, 0, size + 1, 0);
    if (bytesRead === size) return { bytes: bytes.subarray(0, size), opened };
    return { bytes: await file.readFile(), opened };
  } finally {
    await file.close();
  }
}

/** Reads what these bytes say. */
export async function interpret(
  realPath: string,
  bytes: Buffer,
  identity: FileIdentity,
  readAt: number,
  previous: FileSnapshot | undefined,
  progress: Progress,
): Promise<FileRead> {
  const modifiedAt = new Date(Number(identity.mtimeNs / 1_000_000n)).toISOString();
  if (previous && bytes.equals(previous.bytes)) {
    return { ok: true, snapshot: { ...previous, realPath, identity, readAt, modifiedAt } };
  }
  const revision = revisionOf(bytes);
  const about = { revision, size: bytes.length, modifiedAt, bytes };
  const decoded = decodeSchedule(bytes);
  if (!decoded.ok) return { ok: false, problem: decoded.problem, ...about };
  const document = await inSlices(readScheduleInSteps(decoded.text, previous?.document), ({ done, total }) =>
    progress(done, total),
  );
  if (document.fatal) return { ok: false, problem: document.fatal, ...about };
  return { ok: true, snapshot: { realPath, bytes, revision, document, identity, readAt, modifiedAt } };
}

function unreadable(code: Problem["code"], message: string): FileRead {
  return { ok: false, problem: { code, message }, revision: null, size: null, modifiedAt: null, bytes: null };
}
