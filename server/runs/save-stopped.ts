import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../../lib/problem.ts";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { directionToWire } from "../../lib/protocol/wire.ts";
import type { FileSnapshot, UnreadableFile } from "../endpoints/yaml-file/snapshot.ts";
import { answerRequests } from "../store/requests.ts";
import { saveRun } from "../store/runs.ts";
import { saveSourceState } from "../store/sources.ts";
import type { RunDecision } from "./decide.ts";
import type { CurrentRun, RunResult } from "./current-run.ts";
import { publish } from "../store/publish.ts";
import { summarise } from "./run-report.ts";

/**
 * The file is there but says nothing that could be believed, or is not there: nothing is changed on
 * either side, edits stay in the outbox, and the same bad file is reported once, not every tick.
 */
export async function saveUnreadable(pass: CurrentRun, file: UnreadableFile): Promise<RunResult> {
  return saveStopped(pass, { problems: [file.problem], halt: null, file, conflicts: 0 });
}

/** A guard stopped the run as a whole: it changes nothing until an admin confirms that very plan. */
export async function saveHalted(
  pass: CurrentRun,
  decision: RunDecision,
  file: FileSnapshot,
): Promise<RunResult> {
  return saveStopped(pass, {
    problems: decision.problems,
    halt: decision.halt && { ...decision.halt, ...howToConfirm(pass) },
    file: { size: file.bytes.length, modifiedAt: file.modifiedAt },
    conflicts: decision.open.size,
  });
}

/** Whoever confirms asks for the same once more: a plan of less, or of another direction, has another hash. */
function howToConfirm({ context, requests: { options } }: CurrentRun): Partial<HaltJson> {
  const { direction, reverts, tasks } = options;
  return {
    source: context.source,
    ...(direction ? { direction: directionToWire(direction) } : {}),
    ...(reverts ? { reverts } : {}),
    ...(tasks ? { tasks } : {}),
  };
}

interface Stop {
  problems: Problem[];
  halt: HaltJson | null;
  file: { size: number | null; modifiedAt: string | null };
  conflicts: number;
}

async function saveStopped(
  { context, tx, work, requests, startedAt }: CurrentRun,
  stop: Stop,
): Promise<RunResult> {
  const { problems, halt, file, conflicts } = stop;
  const known =
    work.source.halt?.plan_hash === halt?.plan_hash &&
    isDeepStrictEqual(work.source.problems, structuredClone(problems));
  const run = summarise(randomUUID(), context.source, requests, startedAt, context.clock.now(), {
    items: [],
    conflicts,
    problems,
    ...(halt ? { halt } : {}),
    failed: halt === null,
  });
  if (!known || !requests.unattended) {
    await saveRun(tx, run, requests.requestedFrom);
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
  }
  await saveSourceState(tx, context.source, { file, problems, halt, failures: work.source.failures });
  await answerRequests(tx, requests.ids, run.id, { run });
  return { run, answered: true, failures: 0 };
}
