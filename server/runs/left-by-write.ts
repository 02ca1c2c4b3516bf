import type { Problem } from "../../lib/problem.ts";
import { itemsOfFileWrite } from "../../lib/sync/rename-halves.ts";
import type { PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import { EndpointPartial, EndpointUnwritable, type LeftByWrite } from "../endpoints/errors.ts";

interface WhatWasLeft {
  left: ReadonlyMap<TaskKey, Pick<LeftByWrite, "reason">>;
  problems: Problem[];
  /** The file as it is; left out where it is as it was. */
  snapshot?: Snapshot;
  unwritable: boolean;
}

/** What a write that failed, or that failed in part, has left undone. @throws any other error */
export function whatWasLeft(error: unknown, done: readonly PlanItem[]): WhatWasLeft {
  if (error instanceof EndpointPartial) {
    const { left, snapshot } = error;
    const each = [...left.values()];
    const unwritable = each.some(({ reason }) => reason === "unwritable");
    return { left, problems: each.map(({ problem }) => problem), snapshot, unwritable };
  }
  if (!(error instanceof EndpointUnwritable)) throw error;
  const message = `${error.message}; the edits wait and are tried again`;
  return {
    left: new Map(itemsOfFileWrite(done).map(({ key }) => [key, { reason: "unwritable" }])),
    problems: [{ code: "file_unwritable", message }],
    unwritable: true,
  };
}
