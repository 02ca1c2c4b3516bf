import type pg from "pg";
import type { Logger } from "../log.ts";
import { advanceRound } from "../rounds/advance-round.ts";
import { wakeForgotten } from "../store/requests.ts";
import { openRounds } from "../store/rounds.ts";

/**
 * Looks for work that was left behind: requests whose worker died with its job, and rounds that were not
 * advanced.
 * @param served the sources that this worker can reach.
 */
export async function sweep(pool: pg.Pool, log: Logger, served: readonly string[]): Promise<void> {
  const woken = await wakeForgotten(pool, served);
  if (woken.length > 0) log.info({ sources: woken }, "took over requests that no worker was working on");
  for (const id of await openRounds(pool)) await advanceRound(pool, id);
}
