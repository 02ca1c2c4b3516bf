import type { Json } from "../json.ts";
import { fingerprintedContent, fingerprintOf } from "../task/content.ts";
import { isKnownKey } from "../task/fields.ts";
import type { Task, TaskKey } from "../task/task.ts";
import type { Problem } from "../problem.ts";
import type { ItemReading } from "./read-item.ts";
import { countLines, positionOf } from "./position.ts";

/**
 * What is kept of one item. It holds no offsets, so that it stays true when another part of the file changes.
 * It is small, because there may be 100 000 of them.
 */
export interface Entry {
  readonly key: TaskKey | undefined;
  /** Undefined when the item has problems. */
  readonly fingerprint: string | undefined;
  /** Number of lines; 0 when the file was read in one piece. */
  readonly lines: number;
  /** Line 1 is the item's first line, or the file's first line when the file was read in one piece. */
  readonly problems: readonly Problem[] | undefined;
  /** Only when the file was read in one piece: the item's value, and the position of its first key. */
  readonly whole?: { readonly json: Json; readonly line: number; readonly column: number };
}

/** The entry of an item that was read from `text`. */
export function entryOf(reading: ItemReading, text: string, lines = countLines(text)): Entry {
  const problems = reading.problems.map(({ problem, offset }) => ({
    ...problem,
    ...positionOf(text, offset),
  }));
  return {
    key: reading.key === undefined ? undefined : copyOf(reading.key),
    fingerprint: reading.task && viewFingerprint(reading.task, reading.json),
    lines,
    problems: problems.length > 0 ? problems : undefined,
  };
}

/**
 * Fingerprint of the content and of which known keys are in the file: everything that reconcile could see,
 * and nothing else. It is stored, so every process must compute the same.
 */
function viewFingerprint(task: Task, json: Json): string {
  const standing = Object.keys(json as object).filter((key) => isKnownKey(key) && key !== "updated_at");
  return fingerprintOf([fingerprintedContent(task), standing.sort()]);
}

/** A copy of the key. A slice of the file's text would keep the whole text in memory. */
function copyOf(key: string): string {
  return key.length < 13 ? key : ` ${key}`.slice(1);
}
