import type { TaskKey } from "../../lib/task/task.ts";
import type { CurrentRun } from "./current-run.ts";
import type { Findings } from "./findings.ts";

/**
 * Who changed which task, where a person asked for that very change: a resolution, an undo, or a kept
 * version put back. Everything else that such a run carries is an edit of the file like any other.
 */
export function actorsOf({ requests }: CurrentRun, { candidates, decision }: Findings): Map<TaskKey, string> {
  const restored = requests.request.kind === "restore" ? candidates.fileKeys : [];
  return new Map([...decision.asked, ...restored].map((key) => [key, requests.requestedBy]));
}
