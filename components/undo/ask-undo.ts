import type { RunSummary } from "../../lib/protocol/run.ts";
import type { EditOfTask } from "./plan-undo.ts";

/** What a person wants to undo: an edit of one task, or all that a run did. */
export type Undoable = { edit: EditOfTask; onUndone?(): void } | { run: RunSummary };

let asked: Undoable | null = null;
const listeners = new Set<() => void>();

export function onUndoAsked(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function undoAsked(): Undoable | null {
  return asked;
}

/** Opens the dialog that says what an undo would do; null closes it. It may be called from anywhere, also from a notice. */
export function askUndo(what: Undoable | null): void {
  asked = what;
  for (const listener of listeners) listener();
}
