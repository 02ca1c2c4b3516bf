import type { Problem } from "../../lib/problem.ts";
import type { PendingReason } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Snapshot } from "./endpoint.ts";

/** The side was not the one that was read: nothing of ours is in it, so reconcile again. */
export class EndpointChanged extends Error {
  override readonly name = "EndpointChanged";
}

/** The side cannot be written now (locked, read-only, disk full); it is as it was. */
export class EndpointUnwritable extends Error {
  override readonly name = "EndpointUnwritable";
}

/** Why a task's change is not in the side. */
export interface LeftByWrite {
  reason: Extract<PendingReason, "problem" | "unwritable">;
  problem: Problem;
}

/** The side took only some of the changes; what it refused, or could not take now, is as it was. */
export class EndpointPartial extends Error {
  override readonly name = "EndpointPartial";
  constructor(
    message: string,
    /** The side as it is now. */
    readonly snapshot: Snapshot,
    readonly left: ReadonlyMap<TaskKey, LeftByWrite>,
  ) {
    super(message);
  }
}

/** The writer has been silent for so long that another may have the side by now: nothing of ours was written. */
export class EndpointTaken extends Error {
  override readonly name = "EndpointTaken";
}

/** A restore was asked for while looking at another revision of the side. */
export class EndpointMovedOn extends Error {
  override readonly name = "EndpointMovedOn";
}

/** The text is too large to be shown on a page. */
export class TooLargeToShow extends Error {
  override readonly name = "TooLargeToShow";
}

/** The text is no schedule, so it is not shown: a file that is none may hold anything. */
export class NoSchedule extends Error {
  override readonly name = "NoSchedule";
}
