import { LockstepError } from "../../lib/errors.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { RoundJson } from "../../lib/protocol/round.ts";
import { OUTCOMES, type RunSummary } from "../../lib/protocol/run.ts";
import type { TriggerBody } from "../../lib/protocol/trigger.ts";
import { isPlainSync, type RunRequest } from "../../lib/run/request.ts";
import { getRound } from "../queries/rounds.ts";
import { roundNodes, startRound } from "../rounds/start-round.ts";
import { collectionsBelow } from "../store/object-tree.ts";
import { pool } from "../store/pool.ts";
import { listSourceSettings } from "../store/source-settings.ts";
import { inTransaction } from "../store/transaction.ts";
import { awaitRound } from "./await-round.ts";
import { requestRun, syncRequest } from "./request-run.ts";
import { sourcesFor } from "./source-for.ts";

interface Wish {
  actor: Actor;
  trigger: "manual" | "cron";
  /** True to answer only when everything is done. */
  wait: boolean;
}

export interface Forced {
  /** The run of the named source; of several sources, the worst run. */
  run?: RunSummary;
  round?: RoundJson;
}

/**
 * Runs a source now, with its dependents if asked for, or runs all sources, each after the sources it depends
 * on.
 * @throws {LockstepError} not_found, source_removed, stale_plan, no_worker, invalid_request, ambiguous_task
 */
export async function forceSync(body: TriggerBody, { actor, trigger, wait }: Wish): Promise<Forced> {
  const { cascade = false, ...plain } = body;
  const sources = await sourcesFor(body.source);
  if (body.ids) await refuseIdsOfTasks(body.source);
  const alone = sources.length <= 1;
  if (alone && !cascade && wait) return { run: await requestRun(plain, { actor, trigger }) };
  const id = await begin(plain, sources, { actor, trigger, cascade });
  if (!wait) return { round: await getRound(id) };
  const round = await awaitRound(id);
  const run =
    body.source === undefined
      ? worst(round)
      : round.sources.find(({ source }) => source === body.source)?.run;
  // The run comes last in the answer, so that scripts that search the text find it.
  return { round, ...(run ? { run } : {}) };
}

async function begin(
  body: Omit<TriggerBody, "cascade">,
  sources: readonly string[],
  { actor, trigger, cascade }: Omit<Wish, "wait"> & { cascade: boolean },
): Promise<string> {
  const request = syncRequest(body);
  const special = !isPlainSync(request);
  const [only, ...others] = sources;
  if (only === undefined) throw new LockstepError("no_worker", "no source is registered yet: start a worker");
  if (special && others.length > 0)
    throw new LockstepError("ambiguous_task", "there are several sources; name the source that this is for", {
      sources: [...sources],
    });
  return inTransaction(pool(), async (tx) => {
    let wanted = sources;
    if (others.length > 0) {
      // A request for all sources runs those that are switched on. A named source runs in any case.
      const nodes = roundNodes(await listSourceSettings(tx));
      wanted = nodes.filter(({ off }) => off === null).map(({ id }) => id);
      if (wanted.length === 0)
        throw new LockstepError(
          "invalid_request",
          "every source is switched off (is_sync_enabled); name the source to run",
        );
    }
    const options = new Map<string, RunRequest>(special ? [[only, request]] : []);
    if (body.ids) {
      const under = { source: only, ids: body.ids };
      for (const source of await collectionsBelow(tx, only)) options.set(source, { kind: "sync", under });
    }
    return startRound(tx, {
      wanted,
      cascade: cascade ? "all" : "none",
      trigger,
      requested_by: actor.name,
      requested_from: actor.from,
      options,
    });
  });
}

/** @throws {LockstepError} invalid_request */
async function refuseIdsOfTasks(source: string | undefined): Promise<void> {
  const stored = await listSourceSettings(pool());
  if (source !== undefined && stored.find(({ id }) => id === source)?.collection) return;
  const message = "needs the name of a source of kind http";
  throw new LockstepError("invalid_request", `ids ${message}`, { errors: [{ field: "ids", message }] });
}

function worst({ sources }: RoundJson): RunSummary | undefined {
  const rank = (run: RunSummary) => OUTCOMES.indexOf(run.outcome);
  return sources.flatMap(({ run }) => run ?? []).sort((a, b) => rank(b) - rank(a))[0];
}
