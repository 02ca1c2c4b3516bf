import type { TriggerAnswer } from "../../lib/protocol/round.ts";
import type { Forced } from "../commands/force-sync.ts";
import { json, type JsonResponse } from "./json-response.ts";

/** The answer to a run: its result, or the place to follow it when the request did not wait. */
export function syncResponse(forced: Forced, waited: boolean): JsonResponse<TriggerAnswer> {
  if (waited || !forced.round) return json(forced);
  return json(forced, 202, { Location: `/api/sync/rounds/${forced.round.id}` });
}
