import { randomUUID } from "node:crypto";
import { chooseRequests } from "../../lib/run/choose-requests.ts";
import { runFinished } from "../../lib/run/events.ts";
import { instructionsOf } from "../../lib/run/instructions.ts";
import { runAnswer } from "../../lib/run/request.ts";
import { summarise } from "../../lib/run/summarise.ts";
import { publish } from "../store/publish.ts";
import { answerRequests } from "../store/requests.ts";
import { takeRunWork } from "../store/run-work.ts";
import { saveRun } from "../store/runs.ts";
import { beginRun, isLockTimeout } from "../store/source-lock.ts";
import { saveSourceFailure } from "../store/sources.ts";
import { inTransaction } from "../store/transaction.ts";
import { type SourceContext, StartOver } from "./source-context.ts";

/**
 * Records that a run died of an unforeseen error (or that rows stayed busy); its transaction is gone with
 * all it did. Tells the processes that wait, and leaves every edit where it was.
 * @returns how often in a row runs of this source have failed, and which rounds wait for what it answered.
 */
export async function recordFailure(
  context: Pick<SourceContext, "source" | "pool" | "clock">,
  error: unknown,
): Promise<{ failures: number; rounds: readonly string[] }> {
  const { source } = context;
  return inTransaction(
    context.pool,
    async (tx) => {
      const work = await takeRunWork(tx, source);
      const requests = work && chooseRequests(work.requests, []);
      if (!requests) return { failures: 1, rounds: [] };
      const now = context.clock.now();
      const problem = { code: "run_failed" as const, message: whatFailed(error) };
      const run = summarise({
        id: randomUUID(),
        source,
        requests,
        // The settings may be what cannot be read, so the source's own direction is not known here.
        direction: instructionsOf(requests.request, "bidirectional").direction,
        startedAt: now,
        finishedAt: now,
        items: [],
        conflicts: 0,
        problems: [problem],
        failed: true,
      });
      const failures = work.source.failures + 1;
      await saveRun(tx, run, requests.requestedFrom);
      await saveSourceFailure(tx, source, [problem], failures);
      await publish(tx, runFinished(run));
      await answerRequests(tx, requests.ids, run.id, runAnswer(requests.request.kind, run));
      return { failures, rounds: requests.rounds };
    },
    beginRun(source),
  );
}

function whatFailed(error: unknown): string {
  if (error instanceof StartOver || (error instanceof Error && isLockTimeout(error))) {
    return `The run was held up (${error.message}) and is tried again`;
  }
  return "The run failed unexpectedly and is tried again; the log has the details";
}
