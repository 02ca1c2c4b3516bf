import { type Document, isSeq, type Node, parseDocument, Scalar, visit } from "yaml";
import type { Json, JsonMap } from "../json.ts";
import type { ScheduleDocument } from "./document.ts";
import { operationsFor, own } from "./operations.ts";
import { lineBreak } from "./position.ts";
import { isPlainSafe } from "./quote.ts";
import { readSchedule } from "./read.ts";
import { itemAt } from "./task-at.ts";
import { itemsAsExpected, itemsAfterEdit, sameRestOfFile } from "./verify.ts";

/** Above this many characters, printing the whole file again takes too long and changes too much. */
const LIMIT = 4_000_000;

export interface WantedItems {
  /** The wanted value of each updated item, by the item's number. */
  updated: ReadonlyMap<number, Json>;
  removed: ReadonlySet<number>;
  added: readonly JsonMap[];
}

/**
 * Makes an edit that cannot be spliced: the YAML library changes its document model and prints the whole file
 * again. Comments stay, the layout may change. Undefined when the result does not say what was meant either.
 */
export function reprint(
  document: ScheduleDocument,
  { updated, removed, added }: WantedItems,
): ScheduleDocument | undefined {
  if (document.text.length > LIMIT) return undefined;
  const text = printed(document, { updated, removed, added });
  if (text === undefined) return undefined;
  const after = readSchedule(text);
  const { count, expected } = itemsAfterEdit(document, updated, removed, added);
  return itemsAsExpected(document, after, count, expected) && sameRestOfFile(document, after)
    ? after
    : undefined;
}

function printed(document: ScheduleDocument, { updated, removed, added }: WantedItems): string | undefined {
  const { text } = document;
  try {
    const model = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
    for (const [number, wanted] of updated) {
      for (const operation of operationsFor(itemAt(document, number).json, wanted)) {
        const path = ["tasks", number, ...operation.path];
        if (operation.kind === "set") model.setIn(path, nodeFor(model, operation.value));
        else if (operation.kind === "remove") model.deleteIn(path);
        else if (operation.kind === "append")
          for (const item of operation.items) model.addIn(path, nodeFor(model, item));
        else
          for (const key of Object.keys(operation.entries))
            model.setIn([...path, key], nodeFor(model, own(operation.entries, key)));
      }
    }
    for (const number of [...removed].sort((a, b) => b - a)) model.deleteIn(["tasks", number]);
    const list = model.get("tasks");
    if (!isSeq(list)) return undefined;
    for (const task of added) list.add(nodeFor(model, task));
    const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    const print = model.toString({ lineWidth: 0, flowCollectionPadding: /\{ \S/.test(text) });
    return mark + (lineBreak(text) === "\r\n" ? print.replace(/\r?\n/g, "\r\n") : print);
  } catch {
    // The model throws when it cannot make an edit, for instance one that goes through an alias.
    return undefined;
  }
}

/** Quotes what a YAML 1.1 reader would take for another type (`on`, a date), as the splices do. */
function nodeFor(model: Document, value: Json): Node {
  const node = model.createNode(value);
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value !== "string" || scalar.value.includes("\n")) return;
      if (!isPlainSafe(scalar.value, false)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return node;
}
