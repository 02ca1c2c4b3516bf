import type { Trigger } from "../protocol/trigger.ts";
import type { TaskKey } from "../task/task.ts";
import { isPart, PLAIN_SYNC, type RunRequest } from "./request.ts";

/** A request that waits in its row. */
export interface WaitingRequest {
  id: string;
  trigger: Trigger;
  /** Null for a plain sync, which may answer many requests at once. */
  options: RunRequest | null;
  requested_by: string;
  /** The address of the client that asked, when it is known. */
  requested_from: string | null;
  /** The round that waits for it. */
  round_id: string | null;
}

/** The edits of one task by one actor that no run has looked at; a null task means "compare everything". */
export interface OutboxEdit {
  /** Id of the newest of these edits. */
  id: string;
  task_id: TaskKey | null;
  actor: string;
}

/** The requests that one run answers, with the trigger and the name that the run gets from them. */
export interface ChosenRequests {
  ids: string[];
  trigger: Trigger;
  requestedBy: string;
  requestedFrom: string | null;
  request: RunRequest;
  /** True when all are look requests. No client waits for them, so a run that finds nothing need not be recorded. */
  unattended: boolean;
  /** Rounds that wait for these requests. */
  rounds: string[];
}

/** A run that answers many requests gets the first of these triggers, which people are likely to look for. */
const NAMING: readonly Trigger[] = ["manual", "api", "startup", "cron", "database", "watch", "schedule"];
const UNATTENDED: ReadonlySet<Trigger> = new Set(["watch", "database", "schedule"]);

/**
 * Chooses the requests for the next run; null when none waits. All plain syncs share one run. A request that
 * wants more (force, a direction, a resolution, an undo) has its own run. The oldest request decides which
 * kind of run comes next.
 */
export function chooseRequests(
  waiting: readonly WaitingRequest[],
  edits: readonly OutboxEdit[],
): ChosenRequests | null {
  const oldest = waiting[0];
  if (!oldest) return null;
  const single = keysWanted(oldest);
  if (single) return keysOfAll(waiting, oldest);
  if (oldest.options) return chosen([oldest], oldest, oldest.options, oldest.requested_by);
  const plain = waiting.filter((request) => request.options === null);
  const rank = (request: WaitingRequest) => NAMING.indexOf(request.trigger);
  const name = plain.reduce((best, request) => (rank(request) < rank(best) ? request : best), oldest);
  // The listener that asked for the run does not know who edited the rows, but the outbox does.
  const by = name.trigger === "database" ? editors(edits) || name.requested_by : name.requested_by;
  return chosen(plain, name, PLAIN_SYNC, by);
}

/** Keys in one run at most, so that it ends soon. */
const MOST_KEYS = 1_000;

/** The keys that a request names, where it asks for nothing but these objects. */
function keysWanted({ options }: WaitingRequest): string[] | null {
  if (options?.kind !== "sync" || options.ids === undefined) return null;
  const { kind: _kind, ids, ...rest } = options;
  return Object.values(rest).every((wish) => wish === undefined || wish === false) && !isPart(rest)
    ? ids
    : null;
}

/** Many requests for single objects share one run. */
function keysOfAll(waiting: readonly WaitingRequest[], oldest: WaitingRequest): ChosenRequests {
  const ids = new Set<string>();
  const shared = waiting.filter((request) => {
    const wanted = keysWanted(request);
    if (!wanted || (ids.size > 0 && ids.size + wanted.length > MOST_KEYS)) return false;
    for (const id of wanted) ids.add(id);
    return true;
  });
  return chosen(shared, oldest, { kind: "sync", ids: [...ids] }, oldest.requested_by);
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
