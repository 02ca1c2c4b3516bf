import { randomBytes } from "node:crypto";
import { open, readFile, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { keepVersion } from "./backups.ts";
import { exchange } from "./exchange.ts";
import { overwrite } from "./overwrite.ts";
import { identify } from "./read-file.ts";
import { type FileIdentity, sameIdentity } from "./snapshot.ts";
import { EndpointChanged, EndpointUnwritable } from "../errors.ts";
import type { MayWrite } from "../endpoint.ts";
import { describeFailure } from "./describe-failure.ts";

export interface FileWrite {
  /** Symbolic links followed. */
  realPath: string;
  /** The bytes that were read and reconciled. */
  expected: Buffer;
  /** Given when an equal identity proves equal bytes; then they need not be read again. */
  identity?: FileIdentity | undefined;
  wanted: Buffer;
  /** Folder of this source's kept versions. */
  backups: string;
  mayWrite: MayWrite;
  /** Done while the new version is on its way to the disk, and finished before the file is touched. */
  meanwhile?(): Promise<void>;
}

/**
 * Replaces the file's bytes; the caller holds its lock. Afterwards the file has either all of
 * `wanted` or what someone else saved, never a mixture, and the bytes replaced are in `.bak`.
 * @throws {EndpointChanged} someone else saved since it was read; theirs stands.
 * @throws {EndpointTaken} it may not be written any more; nothing was changed.
 * @throws {EndpointUnwritable} with the reason in words; nothing was changed.
 * @throws what `meanwhile` throws; nothing was changed.
 */
export async function replaceFile(write: FileWrite): Promise<void> {
  const { realPath, expected, identity, backups, meanwhile } = write;
  let meeting: Promise<void> | undefined;
  const meet = () => (meeting ??= meanwhile?.() ?? Promise.resolve());
  const temporary = join(
    dirname(realPath),
    `.${basename(realPath)}.${randomBytes(6).toString("hex")}.lockstep-tmp`,
  );
  try {
    const untouched = identity !== undefined && sameIdentity(await identify(realPath), identity);
    if (!untouched && !(await readFile(realPath)).equals(expected)) throw new EndpointChanged(realPath);
    if (await hasOtherNames(realPath)) {
      await meet();
      await overwrite(write);
    } else {
      await replaceWhole(write, temporary, meet);
    }
    // The write is done; that its last version could not be kept besides `.bak` does not undo it.
    await keepVersion(expected, backups).catch(() => undefined);
  } catch (error) {
    // What was begun beside the writing is over, and its failure is none of the file's.
    await meeting;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw new EndpointChanged(realPath);
    if (typeof code === "string")
      throw new EndpointUnwritable(`${realPath} cannot be written: ${describeFailure(code)}`);
    throw error;
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function replaceWhole(write: FileWrite, temporary: string, meet: () => Promise<void>): Promise<void> {
  try {
    await writeBeside(temporary, write.realPath, write.wanted, meet);
    await exchange({ ...write, temporary });
  } catch (error) {
    if (!forbidsRename(error)) throw error;
    await meet();
    await overwrite(write);
  }
}

/** Whether the file has further hard links, which a rename would leave with the old text. Our `.bak` is none of them. */
async function hasOtherNames(realPath: string): Promise<boolean> {
  const { nlink, ino, dev } = await stat(realPath);
  if (nlink === 1) return false;
  const backup = await stat(`${realPath}.bak`).catch(() => undefined);
  return nlink > 2 || backup?.ino !== ino || backup.dev !== dev;
}

async function writeBeside(
  temporary: string,
  realPath: string,
  bytes: Buffer,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const { mode, uid, gid } = await stat(realPath);
  const file = await open(temporary, "wx", mode & 0o7777);
  try {
    await file.writeFile(bytes);
    // Only root may give a file away; anyone else already owns what they may replace. Before chmod,
    // as a change of owner drops the set-id bits.
    await file.chown(uid, gid).catch(() => undefined);
    await file.chmod(mode & 0o7777);
    await Promise.all([file.sync(), meanwhile()]);
  } finally {
    await file.close();
  }
}

/** A bind-mounted single file, a folder without write permission or on a read-only file system, a file system without links. */
function forbidsRename(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return ["EBUSY", "EXDEV", "EPERM", "EACCES", "EROFS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"].includes(code);
}
