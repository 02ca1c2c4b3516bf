import type { Json } from "../json.ts";
import { parseTask } from "../task/schema.ts";
import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import { readItem } from "./read-item.ts";
import { countLines } from "./position.ts";
import { readSimpleItem } from "./simple-item.ts";
import { chunkTree } from "./parse-tree.ts";
import type { FileTask } from "./edit-request.ts";

/**
 * Reads one task again from its lines in the file; undefined when the document has no valid task with this
 * key.
 */
export function taskAt(document: ScheduleDocument, key: TaskKey): FileTask | undefined {
  const number = document.parts.index.valid.get(key);
  if (number === undefined) return undefined;
  const item = itemAt(document, number);
  const parsed = parseTask(item.json);
  return parsed.ok
    ? { task: parsed.task, present: keySet(Object.keys(item.json as object)), line: item.line }
    : undefined;
}

// Most tasks of a file have the same keys. A separate set for each would be a quarter of a task's memory.
const keySets = new Map<string, ReadonlySet<string>>();
const MAX_KEY_SETS = 1_000;

function keySet(keys: readonly string[]): ReadonlySet<string> {
  const name = JSON.stringify(keys);
  const known = keySets.get(name);
  if (known) return known;
  if (keySets.size >= MAX_KEY_SETS) keySets.clear();
  const set = new Set(keys);
  keySets.set(name, set);
  return set;
}

/** The JSON value of item `number`, and the line of its first key. */
export function itemAt(document: ScheduleDocument, number: number): { json: Json; line: number } {
  const whole = document.parts.entries[number]?.whole;
  if (whole) return whole;
  const chunk = chunkOf(document, number);
  const simple = readSimpleItem(chunk);
  if (simple)
    return { json: simple.json, line: document.chunkLine(number) + countLines(chunk, 0, simple.start) };
  const tree = chunkTree(chunk);
  if (!tree) return { json: null, line: document.chunkLine(number) };
  const { json, start } = readItem(tree.seq.items[0] ?? null, tree.aliases);
  return { json, line: document.chunkLine(number) + countLines(chunk, 0, start) };
}

/** The lines of item `number`, in a document that was read item by item. */
export function chunkOf({ text, parts: { layout } }: ScheduleDocument, number: number): string {
  return layout ? text.slice(layout.starts[number], layout.starts[number + 1] ?? layout.end) : "";
}
