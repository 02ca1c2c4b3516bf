import type { Snapshot, UnreadableSide } from "../endpoints/endpoint.ts";
import type { CurrentRun } from "./current-run.ts";
import { StartOver } from "./source-context.ts";

/** A run waits this long in all for a save to finish; then it answers that the edits wait. */
const PATIENCE_MS = 6_000;
/** The longest pause between two looks at the file. */
const LONGEST_PAUSE_MS = 1_000;

/**
 * Nothing that the file says counts, and it is not written, while a save may be going on. What
 * the last run left, or a run that was killed wrote, is whole.
 * @returns null when the file counts; else why the run cannot go on, after it has waited long enough.
 * @throws {StartOver} while there is patience left.
 */
export function awaitSettled({ memory, work }: CurrentRun, file: Snapshot): UnreadableSide | null {
  const reconciled = work.source.file_revision;
  if (file.revision === reconciled || file.revision === work.intent?.revision_after) return null;
  const before = memory.snapshot?.revision === reconciled ? memory.snapshot : undefined;
  const wait = file.settlesIn(before);
  if (wait === 0) return null;
  const waited = memory.hint?.waitedMs ?? 0;
  if (waited < PATIENCE_MS) {
    // Longer each time, so that few looks fill the time also where the debounce is short.
    const pause = Math.min(Math.max(wait, waited), LONGEST_PAUSE_MS);
    throw new StartOver("the file may be in the middle of a save", pause, {
      hint: { waitedMs: waited + pause },
    });
  }
  const message = "The file is being saved right now; the edits wait for a moment";
  const { revision, size, modifiedAt } = file;
  return { problem: { code: "file_unsettled", message }, revision, size, modifiedAt };
}
