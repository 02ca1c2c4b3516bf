import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import { withFileLock } from "./file-lock.ts";
import { identify, revisionOf } from "./read-file.ts";
import { type FileSnapshot, isSafelyOld } from "./snapshot.ts";
import type { Announce, MayWrite } from "../endpoint.ts";
import { replaceFile } from "./write-file.ts";

/**
 * Writes a document in the place of the one it was made from, under the file's lock. `announce` is
 * called with the revision to be, after the lock is held and before the file is touched.
 * @returns the file as it is afterwards.
 * @throws {EndpointChanged} the file is not what `before` says; it stands as it was saved.
 * @throws {EndpointTaken} it may not be written any more; nothing was changed.
 * @throws {EndpointUnwritable} it cannot be written now; nothing was changed.
 */
export async function writeSchedule(
  before: FileSnapshot,
  document: ScheduleDocument,
  backups: string,
  announce: Announce,
  mayWrite: MayWrite,
): Promise<FileSnapshot> {
  const wanted = Buffer.from(document.text, "utf8");
  let revision = "";
  const { realPath } = before;
  return withFileLock(realPath, async (confirm) => {
    const meanwhile = async () => {
      revision = revisionOf(wanted);
      await announce(revision);
      await confirm();
    };
    const proof = isSafelyOld(before) ? before.identity : undefined;
    await replaceFile({
      realPath,
      expected: before.bytes,
      identity: proof,
      wanted,
      backups,
      mayWrite,
      meanwhile,
    });
    const readAt = Date.now();
    const identity = await identify(realPath);
    const modifiedAt = new Date(Number(identity.mtimeNs / 1_000_000n)).toISOString();
    return { realPath, bytes: wanted, revision, document, identity, readAt, modifiedAt };
  });
}
