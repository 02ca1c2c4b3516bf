import { LockstepError } from "../../lib/errors.ts";
import type { RunAnswer } from "../../lib/protocol/run-request.ts";
import { pool } from "../store/pool.ts";
import { addRequest, forgetRequest, type NewRequest } from "../store/requests.ts";
import { noWorker, workerOf } from "../store/workers.ts";
import { sourceRemoved } from "./source-for.ts";
import { waitForAnswer } from "./wait-for-answer.ts";

/** A first import may take this long; whoever asked by hand wants its result. */
const LONGEST_MS = 600_000;
const LOOK_FOR_WORKER_MS = 2_000;

/**
 * Asks for a run and waits for its answer as long as there is a worker to give one.
 * @throws {LockstepError} no_worker, unavailable (it takes too long), or what the run refused with.
 */
export async function awaitRun(request: NewRequest): Promise<Exclude<RunAnswer, { error: unknown }>> {
  return answerTo(await add(request), request.source);
}

/** The same for a question that changes nothing: nobody else will want its answer, nor anyone later. */
export async function awaitReading(request: NewRequest): Promise<Exclude<RunAnswer, { error: unknown }>> {
  const id = await add(request);
  try {
    return await answerTo(id, request.source);
  } finally {
    await forgetRequest(pool(), id);
  }
}

async function add(request: NewRequest): Promise<string> {
  const id = await addRequest(pool(), request);
  if (id === null) throw new Error("a request that somebody waits for is never merged into another");
  return id;
}

async function answerTo(id: string, source: string): Promise<Exclude<RunAnswer, { error: unknown }>> {
  const db = pool();
  for (let waited = 0; waited < LONGEST_MS; waited += LOOK_FOR_WORKER_MS) {
    const answer = await waitForAnswer(id, LOOK_FOR_WORKER_MS);
    if (answer && "error" in answer) throw new LockstepError(answer.error.code, answer.error.message);
    if (answer) return answer;
    const { label, running, removed } = await workerOf(db, source);
    if (removed) throw sourceRemoved(source);
    if (!running) throw new LockstepError("no_worker", `${noWorker(label)}; the run is done when one starts`);
  }
  throw new LockstepError("unavailable", "the run takes very long; see the history for its result");
}
