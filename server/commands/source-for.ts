import { LockstepError } from "../../lib/errors.ts";
import { pool } from "../store/pool.ts";
import { listSources } from "../store/sources.ts";

/**
 * The source of a request: the named one, or the only one.
 * @throws {LockstepError} not_found, source_removed, or ambiguous_task when there are several and none is
 * named.
 */
export async function sourceFor(name: string | undefined): Promise<string> {
  const [only, ...others] = await sourcesFor(name);
  if (only === undefined) throw new LockstepError("no_worker", "no source is registered yet: start a worker");
  if (others.length > 0)
    throw new LockstepError("ambiguous_task", "there are several sources; name one of them", {
      sources: [only, ...others],
    });
  return only;
}

/** Does the same, but returns every source in use when none is named. */
export async function sourcesFor(name: string | undefined): Promise<string[]> {
  const all = await listSources(pool());
  const inUse = all.filter(({ removed }) => !removed).map(({ id }) => id);
  if (name === undefined) return inUse;
  const named = all.find(({ id }) => id === name);
  if (!named)
    throw new LockstepError("not_found", `there is no source ${JSON.stringify(name)}`, { sources: inUse });
  if (named.removed) throw sourceRemoved(name);
  return [name];
}

export function sourceRemoved(name: string): LockstepError {
  return new LockstepError(
    "source_removed",
    `the source ${name} is not in sources.yml any more, so it is not synced; its tasks are kept on both sides`,
  );
}
