import type { Trigger } from "../protocol/trigger.ts";
import type { TaskKey } from "../task/task.ts";
import { PLAIN_SYNC, type RunRequest } from "./request.ts";

/** A request as it waits in its row. */
export interface WaitingRequest {
  id: string;
  trigger: Trigger;
  /** Null for a plain sync, which may answer many requests at once. */
  options: RunRequest | null;
  requested_by: string;
  /** The address it was asked for from, where it is known. */
  requested_from: string | null;
  /** The round that waits for it. */
  round_id: string | null;
}

/** The edits of one task by one actor that no run has looked at; a null task means "compare everything". */
export interface OutboxEdit {
  /** Of the newest of them. */
  id: string;
  task_id: TaskKey | null;
  actor: string;
}

/** The requests that one run answers, as the run is named after them. */
export interface ChosenRequests {
  ids: string[];
  trigger: Trigger;
  requestedBy: string;
  requestedFrom: string | null;
  request: RunRequest;
  /** True for look requests only: nobody waits for them, so a run that finds nothing need not be remembered. */
  unattended: boolean;
  /** Rounds that wait for these requests. */
  rounds: string[];
}

/** A run that answers many requests is named after the one that people would look for. */
const NAMING: readonly Trigger[] = ["manual", "api", "startup", "cron", "database", "watch", "schedule"];
const UNATTENDED: ReadonlySet<Trigger> = new Set(["watch", "database", "schedule"]);

/**
 * Group commit: all plain syncs share one run; a request that wants more (force, a direction, a resolution,
 * an undo) has a run of its own. The oldest request decides which it is. Null when nothing waits.
 */
export function chooseRequests(
  waiting: readonly WaitingRequest[],
  edits: readonly OutboxEdit[],
): ChosenRequests | null {
  const oldest = waiting[0];
  if (!oldest) return null;
  if (oldest.options) return chosen([oldest], oldest, oldest.options, oldest.requested_by);
  const plain = waiting.filter((request) => request.options === null);
  const rank = (request: WaitingRequest) => NAMING.indexOf(request.trigger);
  const name = plain.reduce((best, request) => (rank(request) < rank(best) ? request : best), oldest);
  // The listener that asked does not know who edited; the outbox does.
  const by = name.trigger === "database" ? editors(edits) || name.requested_by : name.requested_by;
  return chosen(plain, name, PLAIN_SYNC, by);
}

function chosen(
  requests: readonly WaitingRequest[],
  { trigger, requested_from }: WaitingRequest,
  request: RunRequest,
  requestedBy: string,
): ChosenRequests {
  return {
    ids: requests.map(({ id }) => id),
    trigger,
    requestedBy,
    requestedFrom: requested_from,
    request,
    unattended: requests.every(({ options, trigger: each }) => options === null && UNATTENDED.has(each)),
    rounds: [...new Set(requests.flatMap(({ round_id }) => round_id ?? []))],
  };
}

function editors(edits: readonly OutboxEdit[]): string {
  return [...new Set(edits.map((edit) => edit.actor))].slice(0, 3).join(", ");
}
