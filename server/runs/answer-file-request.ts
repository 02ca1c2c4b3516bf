import { type RefusedRequest, refusal, type RunAnswer, type RunRequest } from "../../lib/run/request.ts";
import type { Endpoint } from "../endpoints/endpoint.ts";
import {
  EndpointChanged,
  EndpointMovedOn,
  EndpointUnwritable,
  NoSchedule,
  TooLargeToShow,
} from "../endpoints/errors.ts";
import { answerRequests } from "../store/requests.ts";
import { answered, type CurrentRun, type RunResult } from "./current-run.ts";
import { StartOver } from "./source-context.ts";

const NO_VERSION = "there is no kept version with this name; the oldest ones go as new ones come";

/**
 * Answers a request about the file itself: its text, its kept versions. Only workers touch the file, so
 * runs answer these requests. A restore puts the kept version in place first, and the run carries it.
 * @returns null when the run has to go on.
 * @throws {StartOver} when the file was saved while a version was restored.
 */
export async function answerFileRequest(run: CurrentRun): Promise<RunResult | null> {
  const answer = await fileAnswer(run);
  if (answer === null) return null;
  await answerRequests(run.tx, run.requests.ids, null, answer);
  return answered(run);
}

async function fileAnswer({ context, memory, requests, lease }: CurrentRun): Promise<RunAnswer | null> {
  const { request } = requests;
  const { endpoint } = context;
  switch (request.kind) {
    case "read_file":
      return endpoint.view(memory.snapshot).then((file) => ({ kind: request.kind, file }), whyNotShown);
    case "list_backups":
      return { kind: request.kind, backups: await endpoint.versions.list() };
    case "read_backup":
      return endpoint.versions.readText(request.backup).then((text) => {
        if (text === null) return refusal("not_found", NO_VERSION);
        return { kind: request.kind, backup: { name: request.backup, text } };
      }, whyNotShown);
    case "restore": {
      await lease.renew();
      const restored = await endpoint.versions
        .restore(request.backup, request.file_revision, lease.mayWrite)
        .catch(whyNotRestored);
      if (typeof restored !== "boolean") return restored;
      return restored ? null : refusal("not_found", NO_VERSION);
    }
    case "sample_source":
      return sampleAnswer(endpoint, request);
    case "sync":
    case "dry_run":
    case "resolution":
    case "preview_resolution":
    case "rollback":
    case "put_back":
    case "preview_rollback":
      return null;
  }
}

async function sampleAnswer(
  endpoint: Endpoint,
  { resource: { primary_key, updated_at, ...wish } = {}, parent }: RunRequest<"sample_source">,
): Promise<RunAnswer> {
  if (!endpoint.sample)
    return refusal(
      "invalid_request",
      "a file has no request to try out. Sync it, and its problems tell what is wrong",
    );
  if (primary_key !== undefined || updated_at !== undefined || parent !== undefined)
    return refusal(
      "invalid_request",
      "a source of tasks has no primary_key, updated_at and parent of its own; try another `map`, with id and updated_at",
    );
  return { kind: "sample_source", sample: await endpoint.sample(wish) };
}

function whyNotShown(error: unknown): RefusedRequest {
  if (error instanceof TooLargeToShow) return refusal("file_too_large", error.message);
  if (error instanceof NoSchedule) return refusal("not_a_schedule", error.message);
  throw error;
}

function whyNotRestored(error: unknown): RefusedRequest {
  if (error instanceof EndpointChanged) throw new StartOver("the file was saved while it was restored", 0);
  if (error instanceof EndpointMovedOn) {
    const message = "The file has changed since you looked; look again before you restore";
    return refusal("stale_file", message);
  }
  if (error instanceof EndpointUnwritable) return refusal("file_unwritable", error.message);
  throw error;
}
