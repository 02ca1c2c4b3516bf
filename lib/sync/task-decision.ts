import type { FieldError } from "../errors.ts";
import type { Conflict, Direction, PendingReason, PlanItem, Refusal, Side } from "./types.ts";

/** What reconcile decided for one task. */
export interface TaskDecision {
  item?: PlanItem;
  conflict?: Conflict;
  /** The conflict that a forced run decided. Only its record tells what the losing side said. */
  overruled?: Conflict;
  /** The conflict that a resolution ended. Only its record tells what the losing side said last. */
  settled?: Conflict;
  pending?: PendingReason;
  /** Whether the requested resolution was applied, and if not, why. */
  resolution?: "applied" | { refused: Refusal; errors?: FieldError[] };
}

/** Whether a run in this direction writes this side. */
export function runWrites(direction: Direction, side: Side): boolean {
  return direction === "bidirectional" || (direction === "file_to_database") === (side === "database");
}

/** The side that wins every conflict of this run; null when no side does. */
export function winningSide(options: { direction: Direction; force: boolean }): Side | null {
  if (!options.force || options.direction === "bidirectional") return null;
  return options.direction === "file_to_database" ? "file" : "database";
}
