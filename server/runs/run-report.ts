import type { Problem } from "../../lib/problem.ts";
import type { HaltJson, Outcome, RunCounts, RunSummary } from "../../lib/protocol/run.ts";
import { directionToWire } from "../../lib/protocol/wire.ts";
import type { PlanItem } from "../../lib/sync/types.ts";
import type { ChosenRequests } from "./choose-requests.ts";

export interface Findings {
  items: readonly PlanItem[];
  conflicts: number;
  problems: readonly Problem[];
  halt?: HaltJson;
  failed: boolean;
}

/** The run as history and clients see it. */
export function summarise(
  id: string,
  source: string,
  requests: ChosenRequests,
  startedAt: Date,
  finishedAt: Date,
  findings: Findings,
): RunSummary {
  return {
    id,
    source,
    trigger: requests.trigger,
    direction: directionToWire(requests.options.direction ?? "bidirectional"),
    requested_by: requests.requestedBy,
    outcome: outcomeOf(findings),
    started_at: startedAt.toISOString(),
    finished_at: finishedAt.toISOString(),
    duration_ms: Math.max(0, finishedAt.getTime() - startedAt.getTime()),
    counts: countsOf(findings),
    problems: [...findings.problems],
    ...(findings.halt ? { halt: findings.halt } : {}),
    ...(requests.options.reverts ? { reverts: requests.options.reverts } : {}),
  };
}

function outcomeOf({ failed, halt, conflicts }: Findings): Outcome {
  if (failed) return "failed";
  if (halt) return "halted";
  return conflicts > 0 ? "conflicted" : "succeeded";
}

function countsOf({ items, conflicts, problems, halt }: Findings): RunCounts {
  const done = halt ? [] : items.filter((item) => item.file !== undefined || item.database !== undefined);
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
