import type { RunDecision } from "../../lib/sync/decide.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import type { LoadedUndo } from "./load-undo.ts";

/**
 * The decision about an undo, in which the lines that come back fit into the file without the lines of the tasks that are not
 * undone. A task whose lines fit only beside those is decided once more, so that its values are written instead.
 */
export async function withLinesThatFit<Undo extends Pick<LoadedUndo, "text" | "recalled">>(
  file: Snapshot,
  undo: Undo | null,
  decide: (undo: Undo | null) => RunDecision | Promise<RunDecision>,
): Promise<RunDecision> {
  let known = undo;
  for (;;) {
    const decision = await decide(known);
    const recalled = known && (await recalledAlone(file, known, decision));
    if (!known || !recalled) return decision;
    known = { ...known, recalled };
  }
}

/** What is still recalled where some lines do not fit alone; null where all of them do. */
async function recalledAlone(
  file: Snapshot,
  { text, recalled }: Pick<LoadedUndo, "text" | "recalled">,
  { plan }: RunDecision,
): Promise<LoadedUndo["recalled"] | null> {
  const back = plan.items.filter(({ linesBack }) => linesBack);
  if (back.length === 0 || back.length === recalled.size) return null;
  const alone = await file.recall(text, new Set(back.map(({ key }) => key)));
  // A task that goes is removed in any case.
  const lacking = back.filter(({ key, file: change }) => change !== null && !alone.has(key));
  if (lacking.length === 0) return null;
  const left = new Map(recalled);
  for (const { key } of lacking) left.delete(key);
  return left;
}
