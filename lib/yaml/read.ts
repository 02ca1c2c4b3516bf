import { knownChunks, readChunks, rereadChunks } from "./chunks.ts";
import { differenceOf } from "./difference.ts";
import type { ScheduleDocument } from "./document.ts";
import { driven, type Progress } from "./steps.ts";
import { readWhole } from "./whole.ts";

/**
 * The tasks of a schedule file and what is wrong with it, with lines and columns from 1. Given the
 * previous reading, only what differs is parsed. Never throws: bad input is a problem of the document.
 */
export function readSchedule(text: string, previous?: ScheduleDocument): ScheduleDocument {
  return driven(readScheduleInSteps(text, previous));
}

/** The same in steps of some milliseconds each; `done` and `total` count items of the list. */
export function* readScheduleInSteps(
  text: string,
  previous?: ScheduleDocument,
): Generator<Progress, ScheduleDocument> {
  if (previous?.text === text) return previous;
  if (previous?.parts.layout) {
    const reread = yield* rereadChunks(previous, text, [differenceOf(previous.text, text)]);
    if (reread) return reread;
  }
  return (yield* readChunks(text, knownChunks(previous))) ?? (yield* readWhole(text));
}
