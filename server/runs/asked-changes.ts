import type { TaskKey } from "../../lib/task/task.ts";
import type { ChosenRequests } from "./choose-requests.ts";
import type { CandidateKeys } from "./find-candidates.ts";
import type { Rollback } from "./rollback.ts";

/**
 * Who changed which task, where somebody asked for that very change: a resolution, a rollback, or a
 * kept version put back. Whatever else such a run carries is an edit of the file like any other.
 */
export function askedChanges(
  { requestedBy, options }: Pick<ChosenRequests, "requestedBy" | "options">,
  resolved: Iterable<TaskKey>,
  { wanted, reopened }: Pick<Rollback, "wanted" | "reopened">,
  { fileKeys }: Pick<CandidateKeys, "fileKeys">,
): Map<TaskKey, string> {
  const restored = options.kind === "restore" ? fileKeys : [];
  return new Map(
    [...resolved, ...wanted.keys(), ...reopened.keys(), ...restored].map((key) => [key, requestedBy]),
  );
}
