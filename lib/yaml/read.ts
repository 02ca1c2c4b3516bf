import { knownChunks, readChunks, rereadChunks } from "./read-chunks.ts";
import { differenceOf } from "./difference.ts";
import type { ScheduleDocument } from "./document.ts";
import { runToEnd, type Progress } from "./progress.ts";
import { readInOnePiece } from "./read-in-one-piece.ts";

/**
 * Reads the tasks of a schedule file and its problems, with lines and columns from 1. With the previous
 * reading, only the changed part is parsed. It never throws: bad input gives a document with problems.
 */
export function readSchedule(text: string, previous?: ScheduleDocument): ScheduleDocument {
  return runToEnd(readScheduleInSteps(text, previous));
}

/** Does the same in steps of some milliseconds; `done` and `total` count items of the list. */
export function* readScheduleInSteps(
  text: string,
  previous?: ScheduleDocument,
): Generator<Progress, ScheduleDocument> {
  if (previous?.text === text) return previous;
  if (previous?.parts.layout) {
    const reread = yield* rereadChunks(previous, text, [differenceOf(previous.text, text)]);
    if (reread) return reread;
  }
  return (yield* readChunks(text, knownChunks(previous))) ?? (yield* readInOnePiece(text));
}
