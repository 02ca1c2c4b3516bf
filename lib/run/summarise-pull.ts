import type { Problem } from "../problem.ts";
import type { HaltJson, RunSummary } from "../protocol/run.ts";
import type { ChosenRequests } from "./choose-requests.ts";

export interface PullFacts {
  id: string;
  source: string;
  requests: ChosenRequests;
  startedAt: Date;
  finishedAt: Date;
  created: number;
  updated: number;
  deleted: number;
  problems: readonly Problem[];
  halt: HaltJson | null;
  failed: boolean;
}

/** A pull as history and clients see it: a run from the other system to the database. */
export function summarisePull(facts: PullFacts): RunSummary {
  const { id, source, requests, startedAt, finishedAt, created, updated, deleted, problems, halt, failed } =
    facts;
  return {
    id,
    source,
    trigger: requests.trigger,
    direction: "yaml_to_db",
    requested_by: requests.requestedBy,
    outcome: halt ? "halted" : failed ? "failed" : "succeeded",
    started_at: startedAt.toISOString(),
    finished_at: finishedAt.toISOString(),
    duration_ms: Math.max(0, finishedAt.getTime() - startedAt.getTime()),
    counts: { created, updated, deleted, merged: 0, conflicts: 0, problems: problems.length },
    problems: [...problems],
    ...(halt ? { halt } : {}),
  };
}
