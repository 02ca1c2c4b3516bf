import { realpath } from "node:fs/promises";
import type { ErrorCode } from "../../lib/errors.ts";
import type { RunAnswer } from "../../lib/protocol/run-request.ts";
import { listBackups, readBackup } from "../endpoints/yaml-file/backups.ts";
import { outside } from "../endpoints/yaml-file/read-file.ts";
import { FileMovedOn, restoreFile } from "../endpoints/yaml-file/restore-file.ts";
import { MOST_SHOWN_BYTES, shownText, TooLargeToShow, viewFile } from "../endpoints/yaml-file/view-file.ts";
import { FileChanged, FileUnwritable } from "../endpoints/yaml-file/write-errors.ts";
import { answerRequests } from "../store/requests.ts";
import type { CurrentRun, RunResult } from "./current-run.ts";
import { StartOver } from "./source-context.ts";

const NO_BACKUP = "there is no kept version with this name; the oldest ones go as new ones come";

/**
 * What is asked about the file itself: its text, its kept versions, or to put one of these in its
 * place first. Only workers touch the file, so this is theirs to answer.
 * @returns null when the run has to go on: nothing of this was asked, or a version was restored.
 * @throws {StartOver} when the file was saved while it was being replaced.
 */
export async function answerAboutFile(pass: CurrentRun): Promise<RunResult | null> {
  const { context, work, requests } = pass;
  const { kind, backup = "" } = requests.options;
  switch (kind) {
    case "read_file":
      return viewFile(work.source.path, context.snapshot, context.mayUse).then(
        (file) => answer(pass, { file }),
        (error: unknown) => {
          if (!(error instanceof TooLargeToShow)) throw error;
          return refuse(pass, "file_too_large", error.message);
        },
      );
    case "list_backups":
      return answer(pass, { backups: await listBackups(context.backups) });
    case "read_backup": {
      const bytes = await readBackup(context.backups, backup);
      if (!bytes) return refuse(pass, "not_found", NO_BACKUP);
      if (bytes.length > MOST_SHOWN_BYTES)
        return refuse(
          pass,
          "file_too_large",
          `this version has ${bytes.length} bytes; up to ${MOST_SHOWN_BYTES} are shown`,
        );
      return answer(pass, { backup: { name: backup, text: shownText(bytes) } });
    }
    case "restore":
      return restore(pass, backup);
    case "sync":
    case "dry_run":
    case "resolution":
    case "rollback":
      return null;
  }
}

async function restore(pass: CurrentRun, name: string): Promise<RunResult | null> {
  const { context, work, requests } = pass;
  const wanted = await readBackup(context.backups, name);
  if (!wanted) return refuse(pass, "not_found", NO_BACKUP);
  const real = await realpath(work.source.path).catch(() => null);
  if (real !== null && context.mayUse?.(real) === false)
    return refuse(pass, "file_unwritable", outside(work.source.path));
  try {
    await restoreFile({
      path: work.source.path,
      wanted,
      backups: context.backups,
      revision: requests.options.file_revision,
    });
    return null;
  } catch (error) {
    if (error instanceof FileChanged) throw new StartOver("the file was saved while it was restored", 0);
    if (error instanceof FileMovedOn)
      return refuse(
        pass,
        "stale_file",
        "The file has changed since you looked; look again before you restore",
      );
    if (error instanceof FileUnwritable) return refuse(pass, "file_unwritable", error.message);
    throw error;
  }
}

async function answer({ tx, requests }: CurrentRun, given: RunAnswer): Promise<RunResult> {
  await answerRequests(tx, requests.ids, null, given);
  return { run: null, answered: true, failures: 0 };
}

function refuse(pass: CurrentRun, code: ErrorCode, message: string): Promise<RunResult> {
  return answer(pass, { error: { code, message } });
}
