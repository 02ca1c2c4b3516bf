import { isSeq, parseDocument } from "yaml";
import type { Json, JsonMap } from "../json.ts";
import type { ScheduleDocument } from "./document.ts";
import { operationsFor, own } from "./operations.ts";
import { lineBreak } from "./position.ts";
import { readSchedule } from "./read.ts";
import { itemAt } from "./task-at.ts";
import { itemsAsMeant, meantBy, sameRest } from "./verify.ts";

/** Beyond this, printing the whole file again takes too long and changes too much. */
const LIMIT = 4_000_000;

export interface Wanted {
  /** Items by number, and what they are to say. */
  updated: ReadonlyMap<number, Json>;
  removed: ReadonlySet<number>;
  added: readonly JsonMap[];
}

/**
 * The same edit through the parser's own document model, which prints the file anew: comments stay,
 * layout may not. For what cannot be spliced; undefined when it does not give what was meant either.
 */
export function printAgain(
  document: ScheduleDocument,
  { updated, removed, added }: Wanted,
): ScheduleDocument | undefined {
  if (document.text.length > LIMIT) return undefined;
  const text = printed(document, { updated, removed, added });
  if (text === undefined) return undefined;
  const after = readSchedule(text);
  const { count, meant } = meantBy(document, updated, removed, added);
  return itemsAsMeant(document, after, count, meant) && sameRest(document, after) ? after : undefined;
}

function printed(document: ScheduleDocument, { updated, removed, added }: Wanted): string | undefined {
  const { text } = document;
  try {
    const model = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
    for (const [number, wanted] of updated) {
      for (const operation of operationsFor(itemAt(document, number).plain, wanted)) {
        const path = ["tasks", number, ...operation.path];
        if (operation.kind === "set") model.setIn(path, model.createNode(operation.value));
        else if (operation.kind === "remove") model.deleteIn(path);
        else if (operation.kind === "append")
          for (const item of operation.items) model.addIn(path, model.createNode(item));
        else
          for (const key of Object.keys(operation.entries))
            model.setIn([...path, key], model.createNode(own(operation.entries, key)));
      }
    }
    for (const number of [...removed].sort((a, b) => b - a)) model.deleteIn(["tasks", number]);
    const list = model.get("tasks");
    if (!isSeq(list)) return undefined;
    for (const task of added) list.add(model.createNode(task));
    const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    const print = model.toString({ lineWidth: 0, flowCollectionPadding: /\{ \S/.test(text) });
    return mark + (lineBreak(text) === "\r\n" ? print.replace(/\r?\n/g, "\r\n") : print);
  } catch {
    // The model refuses some edits by throwing, such as one that goes through an alias.
    return undefined;
  }
}
