import { sideNames, type SideNames } from "../../lib/source/side-names.ts";
import { pool } from "../store/pool.ts";
import { listSources } from "../store/sources.ts";

/** How messages call the file's side of a source. */
export async function namesOfSource(source: string): Promise<SideNames> {
  const known = await listSources(pool());
  return sideNames(source, known.find(({ id }) => id === source)?.kind);
}
