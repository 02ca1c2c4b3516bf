import { answerRequests } from "../store/requests.ts";
import type { Decision } from "./decide.ts";
import type { Pass, RunResult } from "./pass.ts";
import { previewOf } from "./preview.ts";

const NO_RUN: RunResult = { run: null, answered: true, failures: 0 };

export async function answerDryRun({ tx, requests }: Pass, decision: Decision): Promise<RunResult> {
  const plan = previewOf(decision.plan, decision.problems, decision.halt);
  await answerRequests(tx, requests.ids, null, { plan });
  return NO_RUN;
}

export async function refuseStalePlan({ tx, requests }: Pass): Promise<RunResult> {
  const message = "The plan is not what it was when you looked; look again before you apply it";
  await answerRequests(tx, requests.ids, null, { error: { code: "stale_plan", message } });
  return NO_RUN;
}
