import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../../../lib/problem.ts";
import type { HaltJson, RunSummary } from "../../../lib/protocol/run.ts";
import { changedTasks } from "../../../lib/protocol/run.ts";
import { objectsHalt } from "../../../lib/pull/guard-objects.ts";
import { inParts } from "../../../lib/run/event-parts.ts";
import { runFinished } from "../../../lib/run/events.ts";
import { refusal, runAnswer } from "../../../lib/run/request.ts";
import { summarisePull } from "../../../lib/run/summarise-pull.ts";
import { countObjects, deleteObjects, orphansOf } from "../../store/objects.ts";
import { publish } from "../../store/publish.ts";
import { saveLearned } from "../../store/pull-lists.ts";
import * as pulls from "../../store/pulls.ts";
import { answerLookRequests, answerRequests } from "../../store/requests.ts";
import { saveRun } from "../../store/runs.ts";
import { saveSuccess } from "../../store/source-health.ts";
import { saveSourceState } from "../../store/sources.ts";
import type { RunResult } from "../current-run.ts";
import { StartOver } from "../source-context.ts";
import type { Proof } from "./prove-pull.ts";
import type { Pull } from "./pull-run.ts";

/** A halt names so many of the objects that would be deleted; its hash is about all of them. */
const MOST_NAMED = 1_000;
/** A request that failed is tried again soon for so many times; later with the next scheduled run. */
const MOST_RETRIES = 5;

/** Deletes what is proven to be gone, and saves the pull, its run and the answers, in the run's transaction. */
export async function finishPull(pull: Pull, holder: string, proof: Proof): Promise<RunResult> {
  const { run, row, writer } = pull;
  const { context, tx, requests } = run;
  const { source } = context;
  const halt = await guard(pull, proof);
  const deletes = halt || proof.reason !== null ? [] : proof.missing;
  context.progress("saving", 0, deletes.length);
  const deleted = await deleteObjects(tx, { source, runId: row.run_id }, deletes);
  const problems = [...pull.failures, ...writer.problems, ...(await doubts(pull, proof))];
  const failed = proof.reason !== null || pull.failures.length > 0;
  const finishedAt = context.clock.now();
  const { created, updated } = writer.counts;
  const summary = summarisePull({
    ...{ id: row.run_id, source, requests, startedAt: row.started_at, finishedAt },
    ...{ created, updated, deleted, problems, halt, failed },
  });
  const state = halt ? "halted" : failed ? "incomplete" : "complete";
  const reason = proof.reason ?? pull.failures[0]?.message ?? halt?.reason ?? null;
  const end = {
    ...writer.counts,
    ...listNumbers(pull),
    state,
    finished_at: finishedAt,
    deleted,
    reason,
    problems,
  } as const;
  if (!(await pulls.finishPull(tx, row.id, holder, end)))
    throw new StartOver("another process has this pull by now", 0);
  await learn(pull, state === "complete");
  return save(pull, summary, { halt, problems, deletes });
}

/** Why the run stops before it deletes anything; null: it may go on. */
async function guard({ run, row, writer, plan }: Pull, { reason, missing }: Proof): Promise<HaltJson | null> {
  const { context, tx, requests } = run;
  const { request } = requests;
  if (reason !== null || missing.length === 0) return null;
  const plan_hash = createHash("sha256")
    .update(JSON.stringify([context.source, missing]))
    .digest("hex");
  const confirmed =
    request.kind === "sync" && request.allow_deletes === true && request.plan_hash === plan_hash;
  if (confirmed) return null;
  const empty =
    row.kind === "full" &&
    plan.ids === null &&
    writer.counts.items === 0 &&
    ![...writer.lists.values()].some((list) => list.notModified);
  const why = objectsHalt(
    missing.length,
    await countObjects(tx, context.source),
    empty ? writer.counts.last_request : null,
  );
  if (why === null) return null;
  return { reason: why, plan_hash, deletions: missing.slice(0, MOST_NAMED), source: context.source };
}

/** What is not as it should be although the items were read. */
async function doubts({ run, failures }: Pull, { reason }: Proof): Promise<Problem[]> {
  const { context, tx } = run;
  const { parent } = context.collection;
  const found: Problem[] = [];
  if (reason !== null && failures.length === 0)
    found.push({
      code: "incomplete_pull",
      message: `${reason}; what came is stored, and nothing was deleted`,
    });
  if (parent?.kind !== "field") return found;
  const { count, some } = await orphansOf(tx, context.source, parent.source);
  if (count > 0) {
    const named = some.map(({ key, parent: of }) => `${key} (of ${of})`).join(", ");
    found.push({
      code: "orphan",
      message: `${count} objects hang from parents that ${parent.source} does not have: ${named}`,
    });
  }
  return found;
}

function listNumbers({ writer }: Pull) {
  const lists = [...writer.lists.values()];
  const totals = lists.flatMap(({ total }) => total ?? []);
  const again = lists.flatMap(({ firstAgain }) => firstAgain ?? []);
  return {
    lists: lists.length,
    declared_total: totals.length > 0 ? totals.reduce((sum, total) => sum + total, 0) : null,
    first_page:
      again.length === 0 ? null : again.includes("changed") ? ("changed" as const) : ("unchanged" as const),
  };
}

async function learn({ run, row, writer }: Pull, complete: boolean): Promise<void> {
  const { tx, context } = run;
  const whole = complete && row.kind !== "part";
  await saveLearned(tx, context.source, {
    fields: writer.fields,
    fullAt: whole && row.kind === "full" ? row.started_at : undefined,
    checkedAt: whole ? row.started_at : undefined,
  });
}

interface Outcome {
  halt: HaltJson | null;
  problems: Problem[];
  deletes: readonly string[];
}

async function save(
  pull: Pull,
  summary: RunSummary,
  { halt, problems, deletes }: Outcome,
): Promise<RunResult> {
  const { run, row } = pull;
  const { context, tx, requests, work } = run;
  const { source, collection } = context;
  const succeeded = summary.outcome === "succeeded";
  const news =
    !isDeepStrictEqual(work.source.problems, JSON.parse(JSON.stringify(problems))) ||
    work.source.halt?.plan_hash !== halt?.plan_hash;
  const retried = pull.failures.some(({ code }) => code === "request_failed") && row.kind !== "part";
  const failures = succeeded ? 0 : work.source.failures + (retried ? 1 : 0);
  await saveSourceState(tx, source, {
    file: { size: null, modifiedAt: null },
    problems,
    halt,
    failures,
    ...(succeeded && row.kind !== "part" ? { comparedAt: row.started_at.toISOString() } : {}),
  });
  const told = !requests.unattended || news || changedTasks(summary.counts);
  if (told) {
    await saveRun(tx, summary, requests.requestedFrom);
    if (succeeded) await saveSuccess(tx, source, summary.finished_at);
    const { request } = requests;
    const stale =
      halt &&
      request.kind === "sync" &&
      request.plan_hash !== undefined &&
      request.plan_hash !== halt.plan_hash;
    const answer = stale
      ? refusal(
          "stale_plan",
          "what would be deleted has changed since; look at the new plan and confirm that",
        )
      : runAnswer("sync", summary);
    await answerRequests(tx, requests.ids, summary.id, answer);
    const events =
      deletes.length === 0
        ? []
        : inParts(deletes, (part) => ({ event: "objects_changed", source, type: collection.type, ...part }));
    await publish(tx, [...events, runFinished(summary)].flat());
  } else {
    const success = succeeded ? { source, at: summary.finished_at } : null;
    await answerLookRequests(tx, requests.ids, runAnswer("sync", summary), success);
  }
  const soon = retried && failures <= MOST_RETRIES ? failures : 0;
  return { run: summary, answered: true, failures: soon, rounds: requests.rounds, snapshot: undefined };
}
