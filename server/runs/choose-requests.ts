import type { RunOptions } from "../../lib/protocol/run-request.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import type { StoredRequest } from "../store/requests.ts";
import type { OutboxEdit } from "../store/run-work.ts";

export interface ChosenRequests {
  ids: string[];
  trigger: Trigger;
  requestedBy: string;
  /** The address it was asked for from, where it is known. */
  requestedFrom: string | null;
  options: RunOptions;
  /** Only look requests that nobody waits for: a run that finds nothing need not be remembered. */
  unattended: boolean;
  /** Those that wait for one of them. */
  rounds: string[];
}

const PLAIN: RunOptions = { kind: "sync" };

/** A run that answers many is named after the one that people would look for. */
const NAMING: readonly Trigger[] = ["manual", "api", "startup", "cron", "database", "watch", "schedule"];
const UNATTENDED: ReadonlySet<Trigger> = new Set(["watch", "database", "schedule"]);

/**
 * Group commit: all plain requests share one run; a request with options (force, direction, plan
 * hash, confirmation, resolution, rollback) has its own. The oldest decides which it is.
 */
export function chooseRequests(
  waiting: readonly StoredRequest[],
  edits: readonly OutboxEdit[],
): ChosenRequests | null {
  const oldest = waiting[0];
  if (!oldest) return null;
  if (oldest.options) {
    const { id, trigger, requested_by, requested_from, round_id, options } = oldest;
    return {
      ids: [id],
      trigger,
      requestedBy: requested_by,
      requestedFrom: requested_from,
      options,
      unattended: false,
      rounds: roundsOf([{ round_id }]),
    };
  }
  const plain = waiting.filter((request) => request.options === null);
  const rank = (request: StoredRequest) => NAMING.indexOf(request.trigger);
  const name = plain.reduce((best, request) => (rank(request) < rank(best) ? request : best), oldest);
  return {
    ids: plain.map((request) => request.id),
    trigger: name.trigger,
    requestedBy: name.trigger === "database" ? editors(edits, name.requested_by) : name.requested_by,
    requestedFrom: name.requested_from,
    options: PLAIN,
    unattended: plain.every((request) => UNATTENDED.has(request.trigger)),
    rounds: roundsOf(plain),
  };
}

function roundsOf(requests: readonly Pick<StoredRequest, "round_id">[]): string[] {
  return [...new Set(requests.flatMap(({ round_id }) => round_id ?? []))];
}

/** The look request of the listener does not know who edited; the outbox does. */
function editors(edits: readonly OutboxEdit[], otherwise: string): string {
  return [...new Set(edits.map((edit) => edit.actor))].slice(0, 3).join(", ") || otherwise;
}
