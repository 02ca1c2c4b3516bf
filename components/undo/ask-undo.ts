import type { RunSummary } from "../../lib/protocol/run.ts";
import { listeners } from "../ui/listeners.ts";
import type { EditOfTask } from "./plan-undo.ts";

/** What a person wants to undo: an edit of one task, or all that a run did. */
export type Undoable = { edit: EditOfTask; onUndone?(): void } | { run: RunSummary };

let asked: Undoable | null = null;
const changes = listeners();

export const onUndoAsked = changes.add;

export function undoAsked(): Undoable | null {
  return asked;
}

/** Opens the dialog that says what an undo would do; null closes it. It may be called from anywhere, also from a notice. */
export function askUndo(what: Undoable | null): void {
  asked = what;
  changes.tell();
}
