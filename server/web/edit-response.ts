import type { JsonMap } from "../../lib/json.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import { namesEtag } from "../../lib/protocol/etag.ts";
import type { EditSync } from "../../lib/protocol/task.ts";
import { json } from "./handler.ts";

/** What the commands that edit one task want to know of the request. */
export function editOptions(call: {
  request: Request;
  actor: Actor;
  query: { source?: string; wait: boolean };
}) {
  const ifMatch = call.request.headers.get("if-match");
  return { actor: call.actor, ...call.query, ...(ifMatch === null ? {} : { ifMatch }) };
}

/** The edited task with the tag of just that state, and how far the edit came. */
export function editResponse(
  answer: { task: JsonMap; etag: string; sync: EditSync },
  status = 200,
): Response {
  const { etag, task, sync } = answer;
  const location: Record<string, string> = {};
  if (status === 201) {
    const source = typeof task["source"] === "string" ? `?source=${encodeURIComponent(task["source"])}` : "";
    location["Location"] = `/api/tasks/${encodeURIComponent(String(task["id"]))}${source}`;
  }
  return json({ task, sync }, status, { ETag: etag, ...location });
}

/** A task, or 304 for a client that has this very state. */
export function taskResponse(request: Request, { task, etag }: { task: JsonMap; etag: string }): Response {
  // Kept by nobody without asking again, but asking again may be cheap.
  const headers = { ETag: etag, "Cache-Control": "private, no-cache" };
  const known = request.headers.get("if-none-match");
  if (known !== null && namesEtag(known, etag)) return new Response(null, { status: 304, headers });
  return json({ task }, 200, headers);
}
