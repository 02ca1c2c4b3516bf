import type { Problem } from "../problem.ts";
import type { HaltJson, Outcome, RunCounts, RunSummary } from "../protocol/run.ts";
import { directionToWire } from "../protocol/wire.ts";
import { changesASide } from "../sync/changes-a-side.ts";
import type { Direction, PlanItem } from "../sync/types.ts";
import type { ChosenRequests } from "./choose-requests.ts";

export interface RunFacts {
  id: string;
  source: string;
  requests: ChosenRequests;
  direction: Direction;
  startedAt: Date;
  finishedAt: Date;
  items: readonly PlanItem[];
  /** How many conflicts wait for a person. */
  conflicts: number;
  problems: readonly Problem[];
  halt?: HaltJson | null;
  failed: boolean;
}

/** The run as history and clients see it. */
export function summarise(facts: RunFacts): RunSummary {
  const { id, source, requests, direction, startedAt, finishedAt, problems, halt } = facts;
  const { request } = requests;
  return {
    id,
    source,
    trigger: requests.trigger,
    direction: directionToWire(direction),
    requested_by: requests.requestedBy,
    outcome: outcomeOf(facts),
    started_at: startedAt.toISOString(),
    finished_at: finishedAt.toISOString(),
    duration_ms: Math.max(0, finishedAt.getTime() - startedAt.getTime()),
    counts: countsOf(facts),
    problems: [...problems],
    ...(halt ? { halt } : {}),
    ...(request.kind === "rollback" ? { reverts: request.reverts } : {}),
  };
}

function outcomeOf({ failed, halt, conflicts }: RunFacts): Outcome {
  if (failed) return "failed";
  if (halt) return "halted";
  return conflicts > 0 ? "conflicted" : "succeeded";
}

function countsOf({ items, conflicts, problems, halt }: RunFacts): RunCounts {
  const done = halt ? [] : items.filter(changesASide);
  const count = (action: PlanItem["action"]) => done.filter((item) => item.action === action).length;
  return {
    created: count("create"),
    updated: count("update"),
    deleted: count("delete"),
    merged: done.filter((item) => item.merged).length,
    conflicts,
    problems: problems.length,
  };
}
