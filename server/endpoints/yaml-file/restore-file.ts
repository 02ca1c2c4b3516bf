import { randomBytes } from "node:crypto";
import { link, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { withFileLock } from "./file-lock.ts";
import { revisionOf } from "./read-file.ts";
import type { MayWrite } from "../endpoint.ts";
import { EndpointMovedOn, EndpointTaken, EndpointUnwritable } from "../errors.ts";
import { describeFailure } from "./describe-failure.ts";
import { replaceFile } from "./write-file.ts";

export interface Restore {
  path: string;
  wanted: Buffer;
  backups: string;
  /** Only while the file is this one; whatever it is when undefined. */
  revision: string | undefined;
  mayWrite: MayWrite;
}

/**
 * Puts a kept version in the file's place; what stood there is kept as well. Done already: nothing
 * happens, so a run that starts over may call it again.
 * @throws {EndpointMovedOn} {EndpointChanged} {EndpointTaken} {EndpointUnwritable}
 */
export async function restoreFile({ path, wanted, backups, revision, mayWrite }: Restore): Promise<void> {
  const realPath = await realpath(path).catch(() => path);
  const current = await readFile(realPath).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new EndpointUnwritable(`${path} cannot be read: ${describeFailure(error.code ?? "")}`);
  });
  if (current?.equals(wanted)) return;
  if (revision !== undefined && (current === null || revisionOf(current) !== revision))
    throw new EndpointMovedOn(path);
  await withFileLock(realPath, async (confirm) => {
    await confirm();
    if (current) await replaceFile({ realPath, expected: current, wanted, backups, mayWrite });
    else await createFile(realPath, wanted, mayWrite);
  });
}

/** Whole or not at all, and never over a file that has come into being meanwhile. */
async function createFile(realPath: string, bytes: Buffer, mayWrite: MayWrite): Promise<void> {
  const temporary = join(
    dirname(realPath),
    `.${basename(realPath)}.${randomBytes(6).toString("hex")}.lockstep-tmp`,
  );
  try {
    await writeFile(temporary, bytes, { flag: "wx", mode: 0o644, flush: true });
    if (!mayWrite()) throw new EndpointTaken(realPath);
    await link(temporary, realPath);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (typeof code !== "string") throw error;
    throw new EndpointUnwritable(`${realPath} cannot be created: ${describeFailure(code)}`);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
