import type { Actor } from "../../lib/protocol/actor.ts";
import { namesEtag } from "../../lib/protocol/etag.ts";
import type { EditSync, TaskJson } from "../../lib/protocol/task.ts";
import type { EditAnswer } from "../commands/edit-task.ts";
import { json, type JsonResponse, NotModified } from "./json-response.ts";

/** What the commands that edit one task need from the request. */
export function editOptions(call: {
  request: Request;
  actor: Actor;
  query: { source?: string; wait: boolean };
}) {
  const ifMatch = call.request.headers.get("if-match");
  return { actor: call.actor, ...call.query, ...(ifMatch === null ? {} : { ifMatch }) };
}

/** The answer to an edit: the task, the ETag of this state, and how far the edit came. */
export function editResponse(
  { task, etag, sync }: EditAnswer,
  status = 200,
): JsonResponse<{ task: TaskJson; sync: EditSync }> {
  const location: Record<string, string> = {};
  if (status === 201) {
    location["Location"] =
      `/api/tasks/${encodeURIComponent(task.id)}?source=${encodeURIComponent(task.source)}`;
  }
  return json({ task, sync }, status, { ETag: etag, ...location });
}

/** The answer with a task, or 304 for a client that has this state already. */
export function taskResponse(
  request: Request,
  { task, etag }: { task: TaskJson; etag: string },
): JsonResponse<{ task: TaskJson }> | NotModified {
  // A cache must ask again each time, but the answer may be a cheap 304.
  const headers = { ETag: etag, "Cache-Control": "private, no-cache" };
  const known = request.headers.get("if-none-match");
  if (known !== null && namesEtag(known, etag)) return new NotModified(headers);
  return json({ task }, 200, headers);
}
