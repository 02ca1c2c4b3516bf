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
import type { RequestKind, RunRequest } from "../../lib/run/request.ts";
import { awaitReading, awaitRun } from "./await-run.ts";
import { withReplacingRuns } from "./replaced-by.ts";
import { sourceFor } from "./source-for.ts";

interface Asker {
  actor: Actor;
  source?: string | undefined;
}

/** @throws {LockstepError} no_worker, not_found (no such source), file_too_large */
export async function readFileText(asker: Asker): Promise<FileJson> {
  return (await ask(asker, { kind: "read_file" })).file;
}

/** @throws {LockstepError} no_worker, not_found (no such source) */
export async function listBackups(asker: Asker): Promise<Backup[]> {
  const { backups } = await ask(asker, { kind: "list_backups" });
  return withReplacingRuns(await sourceFor(asker.source), backups);
}

/** @throws {LockstepError} no_worker, not_found, file_too_large */
export async function readBackup(name: string | undefined, asker: Asker): Promise<BackupText> {
  return (await ask(asker, { kind: "read_backup", backup: validName(name) })).backup;
}

/**
 * Replaces the file by a kept version and carries it to the database, like an edit of the file by hand.
 * @throws {LockstepError} no_worker, not_found, stale_file, file_unwritable
 */
export async function restoreBackup(
  name: string | undefined,
  body: RestoreBody,
  { actor }: { actor: Actor },
): Promise<RunSummary> {
  const options: RunRequest<"restore"> = {
    kind: "restore",
    backup: validName(name),
    ...(body.revision === undefined ? {} : { file_revision: body.revision }),
  };
  const { run } = await awaitRun({
    source: await sourceFor(body.source),
    trigger: "manual",
    options,
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return run;
}

/** Accepts only names that Lockstep gives, so that no other path reaches the file system. */
function validName(name: string | undefined): string {
  if (name !== undefined && backupTime(name) !== null) return name;
  throw new LockstepError("not_found", "there is no kept version with this name");
}

async function ask<Kind extends RequestKind>({ actor, source }: Asker, options: RunRequest & { kind: Kind }) {
  return awaitReading({
    source: await sourceFor(source),
    trigger: "manual",
    options,
    requested_by: actor.name,
    requested_from: actor.from,
  });
}
