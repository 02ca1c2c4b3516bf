import type { HaltJson } from "../../lib/protocol/run.ts";
import { planPreview } from "../../lib/run/preview.ts";
import { sideNames } from "../../lib/source/side-names.ts";
import { type RefusedRequest, refusal, type RunAnswer } from "../../lib/run/request.ts";
import { itemOf, previewOfResolution } from "../../lib/run/preview-resolution.ts";
import type { Snapshot, UnreadableSide } from "../endpoints/endpoint.ts";
import { answerRequests } from "../store/requests.ts";
import { answered, type CurrentRun, type RunResult } from "./current-run.ts";
import type { Findings } from "./findings.ts";

/** Answers with what the run would do, and does nothing. */
export async function answerPreview(
  run: CurrentRun,
  findings: Findings,
  halt: HaltJson | null,
): Promise<RunResult> {
  const answer = await previewAnswer(run, findings, halt);
  await answerRequests(run.tx, run.requests.ids, null, answer);
  return answered(run, { file: findings.file });
}

async function previewAnswer(
  { context, requests }: CurrentRun,
  { file, known, decision }: Findings,
  halt: HaltJson | null,
): Promise<RunAnswer> {
  const { request } = requests;
  if (request.kind === "preview_resolution") {
    const key = request.resolution.task_id;
    const item = itemOf(decision.plan, key);
    const keyAfter = item?.key ?? key;
    const edited = await file.edit(item ? [item] : [], context.clock.now());
    const side = known.byKey.get(key)?.database;
    const preview = previewOfResolution({
      key,
      source: context.source,
      decision,
      halt,
      row: side && side !== "held" ? side.task : null,
      before: file.tasks.text(item?.file?.renames ?? keyAfter),
      after: edited.tasks.text(keyAfter),
      problem: edited.refused.get(keyAfter),
    });
    return { kind: request.kind, preview };
  }
  const kind = request.kind === "preview_rollback" ? request.kind : "dry_run";
  const problems = [...known.problems, ...decision.problems];
  return { kind, plan: planPreview(decision.plan, problems, halt) };
}

/** Nothing can be told of an unreadable file; a preview leaves no trace in the history. */
export function refusePreview(run: CurrentRun, { problem }: UnreadableSide): Promise<RunResult> {
  const where = problem.line === undefined ? "" : ` (line ${problem.line})`;
  const { Side } = sideNames(run.context.source, run.context.endpoint.kind);
  const message = `${Side} cannot be read, so nothing would be changed: ${problem.message}${where}`;
  return refuse(run, refusal("unavailable", message));
}

export function refuseStalePlan(run: CurrentRun, file: Snapshot): Promise<RunResult> {
  const message = "The plan has changed since you looked; look again before you apply it";
  return refuse(run, refusal("stale_plan", message), file);
}

async function refuse(run: CurrentRun, answer: RefusedRequest, file?: Snapshot): Promise<RunResult> {
  await answerRequests(run.tx, run.requests.ids, null, answer);
  return answered(run, { file });
}
