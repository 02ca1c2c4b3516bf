import { LockstepError } from "../../lib/errors.ts";
import type { RefusedRequest, RequestKind, RunAnswer, RunRequest } from "../../lib/run/request.ts";
import { pool } from "../store/pool.ts";
import { addRequest, forgetRequest, type NewRequest } from "../store/requests.ts";
import { noWorker, workerOf } from "../store/workers.ts";
import { sourceRemoved } from "./source-for.ts";
import { waitForAnswer } from "./wait-for-answer.ts";

/** A first import may take this long, and a person who asked by hand wants its result. */
const LONGEST_MS = 600_000;
const LOOK_FOR_WORKER_MS = 2_000;

/** A request of one kind, and who asks. */
export type AskedRequest<Kind extends RequestKind> = Omit<NewRequest, "options"> & {
  options: RunRequest & { kind: Kind };
};

type Answer<Kind extends RequestKind> = RunAnswer & { kind: Kind };

/**
 * Asks for a run and waits for its answer as long as there is a worker to give one.
 * @throws {LockstepError} no_worker, unavailable (it takes too long), or what the run refused with.
 */
export async function awaitRun<Kind extends RequestKind>(request: AskedRequest<Kind>): Promise<Answer<Kind>> {
  return answerTo(request, await add(request));
}

/** Does the same for a question that changes nothing. Its answer is of no use to other clients, or later. */
export async function awaitReading<Kind extends RequestKind>(
  request: AskedRequest<Kind>,
): Promise<Answer<Kind>> {
  const id = await add(request);
  try {
    return await answerTo(request, id);
  } finally {
    await forgetRequest(pool(), id);
  }
}

async function add(request: NewRequest): Promise<string> {
  const id = await addRequest(pool(), request);
  if (id === null) throw new Error("a request that a client waits for was merged into another");
  return id;
}

async function answerTo<Kind extends RequestKind>(
  { source, options: { kind } }: AskedRequest<Kind>,
  id: string,
): Promise<Answer<Kind>> {
  const db = pool();
  for (let waited = 0; waited < LONGEST_MS; waited += LOOK_FOR_WORKER_MS) {
    const answer = await waitForAnswer(id, LOOK_FOR_WORKER_MS);
    if (answer) return ofKind(answer, kind);
    const { label, running, removed } = await workerOf(db, source);
    if (removed) throw sourceRemoved(source);
    if (!running) throw new LockstepError("no_worker", `${noWorker(label)}; the run is done when one starts`);
  }
  throw new LockstepError("unavailable", "the run takes long; see the history for its result");
}

/** A run answers each kind of request with an answer of that kind, or refuses it. */
function ofKind<Kind extends RequestKind>(answer: RunAnswer, kind: Kind): Answer<Kind> {
  if (isRefused(answer)) throw new LockstepError(answer.error.code, answer.error.message);
  if (isAnswerTo(answer, kind)) return answer;
  throw new LockstepError("internal", `a request of kind ${kind} has an answer of kind ${answer.kind}`);
}

function isRefused(answer: RunAnswer): answer is RefusedRequest {
  return answer.kind === "refused";
}

function isAnswerTo<Kind extends RequestKind>(answer: RunAnswer, kind: Kind): answer is Answer<Kind> {
  return answer.kind === kind;
}
