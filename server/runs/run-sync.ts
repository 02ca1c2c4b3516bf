import type { Direction } from "../../lib/sync/types.ts";
import { removeLeftovers } from "../endpoints/yaml-file/leftovers.ts";
import { readYamlFile } from "../endpoints/yaml-file/read-file.ts";
import { releaseRequests } from "../store/requests.ts";
import { takeRunWork } from "../store/run-work.ts";
import { inTransaction } from "../store/transaction.ts";
import { type ChosenRequests, chooseRequests } from "./choose-requests.ts";
import { decide } from "./decide.ts";
import { executePlan } from "./execute-plan.ts";
import { recoverIntent } from "./recover-intent.ts";
import { answerAboutFile } from "./answer-about-file.ts";
import { answerDryRun, refuseDryRun, refuseStalePlan } from "./answer-without-change.ts";
import { saveHalted, saveUnreadable } from "./save-stopped.ts";
import { saveResults } from "./save-results.ts";
import { beginRun } from "./source-lock.ts";
import type { RunResult } from "./current-run.ts";
import { runSettings } from "./source-settings.ts";
import type { RetryHint, SourceContext } from "./source-context.ts";

/**
 * One pass of a source: everything that waits for it is answered by this pass.
 *
 *   requests -> read(file), read(database), load(ancestor) -> reconcile -> guard
 *            -> execute(plan) -> save ancestor + run + history -> publish, in one commit
 *
 * Alone per source, in whatever process. What it leaves undone is in the pending set or still in
 * the outbox; what it did is in the history.
 * @throws {StartOver} when a side moved, rows are busy, or a deletion is to be seen twice.
 */
export async function runSync(context: SourceContext, hint: RetryHint | null): Promise<RunResult> {
  let rounds: readonly string[] = [];
  const result = await inTransaction(
    context.pool,
    async (tx) => {
      // From here on this is the source's only run: waiting for the one before is no part of it.
      const startedAt = context.clock.now();
      const work = await takeRunWork(tx, context.source);
      const chosen = work && chooseRequests(work.requests, work.edits);
      if (!chosen) return { run: null, answered: false, failures: 0 };
      const settings = runSettings(work.source, context.strategy);
      const requests = inDirection(chosen, settings.direction);
      rounds = requests.rounds;
      const pass = { context, tx, work, requests, startedAt, settings };

      const answered = await answerAboutFile(pass);
      if (answered) return answered;
      const file = await readYamlFile(
        work.source.path,
        context.snapshot,
        (done, total) => context.progress("reading", done, total),
        context.mayUse,
      );
      if (!file.ok)
        return requests.options.kind === "dry_run" ? refuseDryRun(pass, file) : saveUnreadable(pass, file);
      if (work.intent || work.requests.some(({ trigger }) => trigger === "startup")) {
        await removeLeftovers(file.snapshot.realPath);
      }
      if (work.intent) {
        // Committed by itself: what follows starts from a whole record, also when it halts or dies in its turn.
        await recoverIntent(tx, context.source, work.intent, file.snapshot.document);
        await releaseRequests(tx, requests.ids);
        return { run: null, answered: true, failures: 0 };
      }

      const decision = await decide(pass, file.snapshot, hint);
      // A cold read is not to be repeated when this pass has to start over.
      context.snapshot ??= file.snapshot;
      if (requests.options.kind === "dry_run") return answerDryRun(pass, decision, file.snapshot);
      if (requests.options.plan_hash && requests.options.plan_hash !== decision.plan.hash)
        return refuseStalePlan(pass);
      if (decision.halt) return saveHalted(pass, decision, file.snapshot);

      const executed = await executePlan(context, tx, decision, file.snapshot);
      return saveResults(pass, decision, executed, file.snapshot);
    },
    beginRun(context.source),
  );
  return { ...result, rounds };
}

/** What people decided (a resolution, an undo, a restore) goes to both sides, whichever way the source is synced. */
function inDirection(requests: ChosenRequests, direction: Direction): ChosenRequests {
  const { options } = requests;
  const ordinary =
    (options.kind === "sync" || options.kind === "dry_run") &&
    options.resolutions === undefined &&
    options.reverts === undefined;
  return ordinary && options.direction === undefined
    ? { ...requests, options: { ...options, direction } }
    : requests;
}
