import type { Forced } from "../commands/force-sync.ts";
import { json } from "./handler.ts";

/** What was done; or, where nobody waited, where it can be followed. */
export function syncResponse(forced: Forced, waited: boolean): Response {
  if (waited || !forced.round) return json(forced);
  return json(forced, 202, { Location: `/api/sync/rounds/${forced.round.id}` });
}
