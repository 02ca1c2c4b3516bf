import type { Json } from "../json.ts";
import { contentMap, contentOf, fingerprintOf } from "../task/content.ts";
import { isKnownKey, type Task, type TaskKey } from "../task/task.ts";
import type { Problem } from "../problem.ts";
import type { ItemReading } from "./item.ts";
import { countLines, positionOf } from "./position.ts";

/**
 * What is kept of one item. It holds no offsets, so an entry outlives edits elsewhere in the file;
 * it is small, as there may be 100 000 of them.
 */
export interface Entry {
  readonly key: TaskKey | undefined;
  /** Undefined when the item has problems. */
  readonly fingerprint: string | undefined;
  /** Lines of the chunk (0 where the file was read as a whole). */
  readonly lines: number;
  /** Lines count from the chunk's first line, as 1; from the file's first where it was read as a whole. */
  readonly problems: readonly Problem[] | undefined;
  /** Only where the file was read as a whole: the value, and where its first key stands. */
  readonly whole?: { readonly plain: Json; readonly line: number; readonly column: number };
}

export function entryOf(reading: ItemReading, text: string, lines = countLines(text)): Entry {
  const problems = reading.problems.map(({ problem, offset }) => ({
    ...problem,
    ...positionOf(text, offset),
  }));
  return {
    key: reading.key === undefined ? undefined : detached(reading.key),
    fingerprint: reading.task && viewFingerprint(reading.task, reading.plain),
    lines,
    problems: problems.length > 0 ? problems : undefined,
  };
}

/**
 * The content and which known keys stand in the file: everything that reconciling could see, and
 * nothing else. The same in every process, as it is stored.
 */
function viewFingerprint(task: Task, plain: Json): string {
  const standing = Object.keys(plain as object).filter((key) => isKnownKey(key) && key !== "updated_at");
  return fingerprintOf([contentMap(contentOf(task)), standing.sort()]);
}

/** A copy that does not keep the text alive it was cut from. */
function detached(key: string): string {
  return key.length < 13 ? key : ` ${key}`.slice(1);
}
