import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../../lib/problem.ts";
import type { HaltJson, RunSummary } from "../../lib/protocol/run.ts";
import { directionToWire } from "../../lib/protocol/wire.ts";
import { runFinished } from "../../lib/run/events.ts";
import { runAnswer } from "../../lib/run/request.ts";
import { summarise } from "../../lib/run/summarise.ts";
import type { UnreadableSide } from "../endpoints/endpoint.ts";
import { publish } from "../store/publish.ts";
import { answerRequests } from "../store/requests.ts";
import { saveRun } from "../store/runs.ts";
import { saveSourceState } from "../store/sources.ts";
import { answered, type CurrentRun, type RunResult } from "./current-run.ts";
import type { Findings } from "./findings.ts";

/**
 * The file is missing, or it says nothing that could be believed: nothing is changed on either side, edits
 * stay in the outbox, and the same bad file is reported once, not every tick.
 * @param failures 0 where only another save can mend the file; otherwise a run follows by itself.
 */
export async function saveUnreadable(
  run: CurrentRun,
  file: UnreadableSide,
  failures: number,
): Promise<RunResult> {
  const summary = await saveStopped(run, {
    ...{ problems: [file.problem], halt: null, file, conflicts: 0 },
    // So that each try waits longer than the one before.
    ...(file.again ? { failures } : {}),
  });
  return answered(run, { run: summary, failures });
}

/** A guard stopped the run as a whole: it changes nothing until an admin confirms that very plan. */
export async function saveHalted(
  run: CurrentRun,
  { file, known, decision, open }: Findings,
  halt: HaltJson,
): Promise<RunResult> {
  const summary = await saveStopped(run, {
    problems: [...known.problems, ...decision.problems],
    halt: { ...halt, ...howToConfirm(run) },
    file,
    conflicts: open.size,
  });
  return answered(run, { run: summary, file });
}

/** A confirmation asks for the same once more: a plan of less, or of another direction, has another hash. */
function howToConfirm({ context, requests, instructions }: CurrentRun): Partial<HaltJson> {
  const { source } = context;
  const { request } = requests;
  if (request.kind === "sync") {
    return { source, direction: directionToWire(instructions.direction) };
  }
  if (request.kind !== "rollback") return { source };
  return { source, reverts: request.reverts, ...(request.tasks ? { tasks: request.tasks } : {}) };
}

interface Stop {
  problems: Problem[];
  halt: HaltJson | null;
  file: { size: number | null; modifiedAt: string | null };
  conflicts: number;
  failures?: number;
}

async function saveStopped(
  run: CurrentRun,
  { problems, halt, file, conflicts, failures = run.work.source.failures }: Stop,
): Promise<RunSummary> {
  const { context, tx, work, requests, instructions, startedAt } = run;
  const { source } = context;
  const summary = summarise({
    id: randomUUID(),
    source,
    requests,
    direction: instructions.direction,
    startedAt,
    finishedAt: context.clock.now(),
    items: [],
    conflicts,
    problems,
    halt,
    failed: halt === null,
  });
  const known =
    work.source.halt?.plan_hash === halt?.plan_hash &&
    isDeepStrictEqual(work.source.problems, structuredClone(problems));
  if (!known || !requests.unattended) {
    await saveRun(tx, summary, requests.requestedFrom);
    await publish(tx, runFinished(summary));
  }
  const { request } = requests;
  await saveSourceState(tx, source, {
    file,
    problems,
    halt,
    ...(halt && request.kind === "resolution" ? { haltedRequest: request } : {}),
    failures,
  });
  await answerRequests(tx, requests.ids, summary.id, runAnswer(requests.request.kind, summary));
  return summary;
}
