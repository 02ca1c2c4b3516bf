import type { FileSnapshot, UnreadableFile } from "../endpoints/yaml-file/snapshot.ts";
import { answerRequests } from "../store/requests.ts";
import type { RunDecision } from "./decide.ts";
import type { CurrentRun, RunResult } from "./current-run.ts";
import { previewOf } from "./preview.ts";
import { previewResolution } from "./preview-resolution.ts";

const NO_RUN: RunResult = { run: null, answered: true, failures: 0 };

/** The plan, or what the one resolution that was asked about would leave. */
export async function answerDryRun(
  { context, tx, requests }: CurrentRun,
  decision: RunDecision,
  file: FileSnapshot,
): Promise<RunResult> {
  const [asked] = requests.options.resolutions ?? [];
  const answer = asked
    ? { preview: await previewResolution(asked.task_id, decision, file, context) }
    : { plan: previewOf(decision.plan, decision.problems, decision.halt) };
  await answerRequests(tx, requests.ids, null, answer);
  return NO_RUN;
}

/** What would be done cannot be told; a dry run leaves no trace in the history. */
export async function refuseDryRun(
  { tx, requests }: CurrentRun,
  { problem }: UnreadableFile,
): Promise<RunResult> {
  const where = problem.line === undefined ? "" : ` (line ${problem.line})`;
  const message = `The file cannot be read, so nothing would be changed: ${problem.message}${where}`;
  await answerRequests(tx, requests.ids, null, { error: { code: "unavailable", message } });
  return NO_RUN;
}

export async function refuseStalePlan({ tx, requests }: CurrentRun): Promise<RunResult> {
  const message = "The plan is not what it was when you looked; look again before you apply it";
  await answerRequests(tx, requests.ids, null, { error: { code: "stale_plan", message } });
  return NO_RUN;
}
