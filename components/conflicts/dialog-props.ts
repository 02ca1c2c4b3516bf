import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import type { Place } from "./conflict-title.tsx";

/** What every dialog that asks about an open conflict gets. */
export interface ConflictDialogProps {
  conflict: ShownConflict;
  place: Place;
  onStep(by: 1 | -1): void;
  onClose(): void;
  onResolved(conflict: ShownConflict): void;
}
