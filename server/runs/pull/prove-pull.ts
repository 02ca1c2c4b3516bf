import { movement } from "../../../lib/pull/list-progress.ts";
import { listsToRead, MOST_PASSES } from "../../../lib/pull/lists-to-read.ts";
import { countObjects } from "../../store/objects.ts";
import { countSeen, missingFrom } from "../../store/sightings.ts";
import type { Pull } from "./pull-run.ts";
import { ONLY_LIST, readLists } from "./read-lists.ts";

/** What a pull has shown. */
export interface Proof {
  /** Why it shows nothing about what is missing; null: it was complete. */
  reason: string | null;
  /** Keys of the objects that the other system does not have any more. */
  missing: string[];
}

/**
 * Reads the lists, and those of which items moved or lack once more, until they show one picture. An absence is believed
 * only of a pull in which every page of every list was read, and nothing moved between them.
 */
export async function provePull(pull: Pull): Promise<Proof> {
  const { writer, row, failures } = pull;
  for (let pass = row.pass; ; pass++) {
    const lacking = pass === 1 ? [] : await missing(pull);
    const lists =
      pass === 1 ? null : listsToRead(writer.lists, new Set(lacking.map(({ list }) => list)), pass);
    if (lists?.size === 0) return { reason: await doubt(pull), missing: lacking.map(({ key }) => key) };
    if (pass > MOST_PASSES)
      return { reason: whatMoved(pull) ?? "items move while they are read", missing: [] };
    writer.counts.pass = pass;
    await readLists(pull, pass, lists);
    const [failure] = failures;
    if (failure) return { reason: failure.message, missing: [] };
    const unidentified = [...writer.lists.values()].reduce((sum, list) => sum + list.unidentified, 0);
    if (unidentified > 0) return { reason: `${unidentified} items have no key`, missing: [] };
  }
}

async function missing(pull: Pull): Promise<{ key: string; list: string }[]> {
  const { run, row, plan, writer } = pull;
  if (row.kind === "incremental") return [];
  const { pool, source, collection } = run.context;
  // All that there is came with this pull, as in a first one, so that there is nothing to look for.
  if ((await countObjects(pool, source)) === writer.counts.created) return [];
  const rows = await missingFrom(pool, row.id, source, plan.parents);
  const byParent = collection.parent?.kind === "path";
  return rows.map(({ key, parent }) => ({ key, list: byParent ? (parent ?? ONLY_LIST) : ONLY_LIST }));
}

/** What was seen is kept in a table that does not outlive a crash of PostgreSQL. */
async function doubt({ run, row, writer }: Pull): Promise<string | null> {
  if (row.kind === "incremental") return null;
  const seen = await countSeen(run.context.pool, row.id);
  return seen >= writer.counts.unique_ids ? null : "what it had seen was lost";
}

function whatMoved({ writer }: Pull): string | null {
  for (const list of writer.lists.values()) {
    const why = movement(list);
    if (why !== null) return `${list.lastRequest ?? "a list"}: ${why}`;
  }
  return null;
}
