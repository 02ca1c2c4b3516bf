import type { Actor } from "../../lib/protocol/actor.ts";
import type { Queryable } from "../store/pool.ts";
import { noteRequest } from "../store/requests.ts";

/** Notes that a run of the source is wanted, in the transaction of the edits that it is to carry. */
export function requestEditRun(tx: Queryable, { name, from }: Actor, source: string): Promise<string | null> {
  return noteRequest(tx, { source, trigger: "api", requested_by: name, requested_from: from });
}
