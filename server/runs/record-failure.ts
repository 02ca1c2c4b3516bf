import { randomUUID } from "node:crypto";
import { takeRunWork } from "../store/run-work.ts";
import { answerRequests } from "../store/requests.ts";
import { saveRun } from "../store/runs.ts";
import { saveSourceFailure } from "../store/sources.ts";
import { inTransaction } from "../store/transaction.ts";
import { chooseRequests } from "./choose-requests.ts";
import { publish } from "../store/publish.ts";
import { summarise } from "./run-report.ts";
import { beginRun, isLockTimeout } from "./source-lock.ts";
import { StartOver, type SourceContext } from "./source-context.ts";

/**
 * A run died of an error nobody foresaw (or rows stayed busy): its transaction is gone with all it
 * did. Tells whoever waits, remembers it in the history, and leaves every edit where it was.
 * @returns how often in a row runs of this source have failed, and which rounds wait for what it answered.
 */
export async function recordFailure(
  context: SourceContext,
  error: unknown,
): Promise<{ failures: number; rounds: readonly string[] }> {
  return inTransaction(
    context.pool,
    async (tx) => {
      const work = await takeRunWork(tx, context.source);
      const requests = work && chooseRequests(work.requests, work.edits);
      if (!work || !requests) return { failures: 1, rounds: [] };
      const now = context.clock.now();
      const busy = error instanceof StartOver || isLockTimeout(error);
      const message = busy
        ? `The run could not get hold of what it needs (${(error as Error).message}); it is tried again`
        : "The run failed on an unexpected error, see the log; it is tried again";
      const problem = { code: "run_failed" as const, message };
      const run = summarise(randomUUID(), context.source, requests, now, now, {
        items: [],
        conflicts: 0,
        problems: [problem],
        failed: true,
      });
      const failures = work.source.failures + 1;
      await saveRun(tx, run, requests.requestedFrom);
      await saveSourceFailure(tx, context.source, [problem], failures);
      await publish(tx, [
        {
          event: "sync_run_finished",
          source: run.source,
          run_id: run.id,
          trigger: run.trigger,
          outcome: run.outcome,
          counts: run.counts,
        },
        { event: "sync_status_changed", source: run.source },
      ]);
      await answerRequests(tx, requests.ids, run.id, { run });
      return { failures, rounds: requests.rounds };
    },
    beginRun(context.source),
  );
}
