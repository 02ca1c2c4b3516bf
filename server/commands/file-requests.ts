import { LockstepError } from "../../lib/errors.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import {
  type Backup,
  type BackupText,
  backupTime,
  type FileJson,
  type RestoreBody,
} from "../../lib/protocol/file.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { RunOptions } from "../../lib/protocol/run-request.ts";
import { awaitReading, awaitRun } from "./await-run.ts";
import { sourceFor } from "./source-for.ts";

interface Asker {
  actor: Actor;
  source?: string | undefined;
}

/** @throws {LockstepError} no_worker, not_found (no such source), file_too_large */
export async function readFileText(asker: Asker): Promise<FileJson> {
  const answer = await ask(asker, { kind: "read_file" });
  if (!("file" in answer)) throw new Error("a reading was answered without the file");
  return answer.file;
}

/** @throws {LockstepError} no_worker, not_found (no such source) */
export async function listBackups(asker: Asker): Promise<Backup[]> {
  const answer = await ask(asker, { kind: "list_backups" });
  if (!("backups" in answer)) throw new Error("a list of versions was asked for, and not answered");
  return answer.backups;
}

/** @throws {LockstepError} no_worker, not_found, file_too_large */
export async function readBackup(name: string | undefined, asker: Asker): Promise<BackupText> {
  const backup = validName(name);
  const answer = await ask(asker, { kind: "read_backup", backup });
  if (!("backup" in answer)) throw new Error("a version was asked for, and not answered");
  return answer.backup;
}

/**
 * Puts a kept version in the file's place and carries it, as an edit of the file by hand would be.
 * @throws {LockstepError} no_worker, not_found, stale_file, file_unwritable
 */
export async function restoreBackup(
  name: string | undefined,
  body: RestoreBody,
  { actor }: { actor: Actor },
): Promise<RunSummary> {
  const options: RunOptions = {
    kind: "restore",
    backup: validName(name),
    ...(body.revision === undefined ? {} : { file_revision: body.revision }),
  };
  const answer = await awaitRun({
    source: await sourceFor(body.source),
    trigger: "manual",
    options,
    requested_by: actor.name,
    requested_from: actor.from,
  });
  if (!("run" in answer)) throw new Error("a restore was answered without a run");
  return answer.run;
}

/** Only names that Lockstep gives: no path goes on from here. */
function validName(name: string | undefined): string {
  if (name !== undefined && backupTime(name) !== null) return name;
  throw new LockstepError("not_found", "there is no kept version with this name");
}

async function ask({ actor, source }: Asker, options: RunOptions) {
  return awaitReading({
    source: await sourceFor(source),
    trigger: "manual",
    options,
    requested_by: actor.name,
    requested_from: actor.from,
  });
}
