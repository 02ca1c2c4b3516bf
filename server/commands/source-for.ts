import { LockstepError } from "../../lib/errors.ts";
import { pool } from "../store/pool.ts";
import { listSources } from "../store/sources.ts";

/**
 * The source that a request means: the one it names, else the only one.
 * @throws {LockstepError} not_found, or ambiguous_task where there are several and none is named.
 */
export async function sourceFor(name: string | undefined): Promise<string> {
  const sources = (await listSources(pool())).map((source) => source.id);
  if (name !== undefined) {
    if (sources.includes(name)) return name;
    throw new LockstepError("not_found", `there is no source ${JSON.stringify(name)}`, { sources });
  }
  const [only, ...others] = sources;
  if (only === undefined) throw new LockstepError("no_worker", "no source is registered yet: start a worker");
  if (others.length > 0) throw new LockstepError("ambiguous_task", "there are several sources; name one", { sources });
  return only;
}
