import { load } from "js-yaml";
import type { JsonMap } from "../../lib/json.ts";
import { type Display, leavesOf } from "./leaves.ts";

/**
 * Reads the file with another YAML library than Lockstep's, so that one mistake cannot be in both.
 * Null where the text is no schedule.
 */
export function tasksIn(text: string): JsonMap[] | null {
  const known = read.get(text);
  if (known !== undefined) return known;
  if (read.size >= MOST_TEXTS) read.clear();
  const tasks = parse(text);
  read.set(text, tasks);
  return tasks;
}

/** The same few texts are looked at again and again. */
const read = new Map<string, JsonMap[] | null>();
const MOST_TEXTS = 50;

function parse(text: string): JsonMap[] | null {
  try {
    const root = load(text) as { tasks?: JsonMap[] | null } | null;
    return root?.tasks ?? [];
  } catch {
    return null;
  }
}

/** What the file shows; null where the text is no schedule. */
export function displayOfText(text: string): Display | null {
  const tasks = tasksIn(text);
  return tasks && new Map(tasks.map((task) => [String(task["id"]), leavesOf(task)]));
}
