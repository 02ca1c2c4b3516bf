import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { Seam, Stretch } from "./earlier-text.ts";
import { type TaskSpans, taskSpans } from "./task-spans.ts";

/** The items between two tasks that both texts have. */
interface Between {
  above: TaskKey | null;
  below: TaskKey | null;
  /** The keys of the items; undefined for an item that is no valid task. */
  keys: (TaskKey | undefined)[];
  /** The number of the first of them. */
  first: number;
}

/**
 * The places where tasks were taken out of the text or put in. Tasks that are not in `changed` count as they
 * stand: where one of them came or went as well, there is no seam.
 */
export function seamsBetween(
  before: ScheduleDocument,
  after: ScheduleDocument,
  changed: ReadonlySet<TaskKey>,
): Seam[] {
  if (changed.size === 0 || before === after) return [];
  const [then, now] = [taskSpans(before), taskSpans(after)];
  if (!then || !now) return [];
  const stays = (key: TaskKey) =>
    before.has(key) &&
    after.has(key) &&
    !(changed.has(key) && gapBelow(before, then, key) !== gapBelow(after, now, key));
  if ([...changed].every(stays)) return [];
  const placesNow = new Map(placesOf(after, stays).map((place) => [nameOf(place), place]));
  return placesOf(before, stays).flatMap((place): Seam[] => {
    const { above, below } = place;
    const placeNow = placesNow.get(nameOf(place));
    if (place.keys.length === 0 && (placeNow?.keys.length ?? 0) === 0) return [];
    const kept = [above, below].every(
      (key) => key === null || changed.has(key) || linesOf(before, then, key) === linesOf(after, now, key),
    );
    const stretch = stretchOf(before, then, place, changed, after.held);
    if (!stretch) return [];
    const afterwards = placeNow && kept ? stretchOf(after, now, placeNow, changed, before.held) : undefined;
    if (!afterwards && stretch.tasks.length === 0) return [];
    return [{ above, below, before: stretch, after: afterwards ?? null }];
  });
}

function nameOf({ above, below }: Between): string {
  return JSON.stringify([above, below]);
}

/** Cuts the list at the tasks that stay. */
function placesOf(document: ScheduleDocument, stays: (key: TaskKey) => boolean): Between[] {
  const places: Between[] = [];
  let place: Between = { above: null, below: null, keys: [], first: 0 };
  for (const [number, { key }] of document.parts.entries.entries()) {
    const valid = key !== undefined && document.parts.index.valid.get(key) === number;
    if (valid && stays(key)) {
      places.push({ ...place, below: key });
      place = { above: key, below: null, keys: [], first: number + 1 };
    } else place.keys.push(valid ? key : undefined);
  }
  return [...places, place];
}

/** Undefined where an item is there that the run has not changed, or that may still be in the other text. */
function stretchOf(
  { text }: ScheduleDocument,
  spans: TaskSpans,
  { above, keys, first }: Between,
  changed: ReadonlySet<TaskKey>,
  heldInOther: ReadonlySet<TaskKey>,
): Stretch | undefined {
  const list = spans.list();
  const tasks = keys.filter((key) => key !== undefined);
  if (!list || tasks.length < keys.length || tasks.some((key) => !changed.has(key) || heldInOther.has(key)))
    return undefined;
  let from = above === null ? list.start : spans.of(first - 1)?.end;
  const gaps: string[] = [];
  for (let number = first; number <= first + tasks.length; number += 1) {
    const span = spans.of(number);
    const to = span?.start ?? list.end;
    if (from === undefined || to < from) return undefined;
    gaps.push(text.slice(from, to));
    from = span?.end;
  }
  return { tasks, gaps };
}

/** The text from the task to the one below it. An edit of its last lines may leave a blank line of its own there. */
function gapBelow({ text, parts }: ScheduleDocument, spans: TaskSpans, key: TaskKey): string {
  const number = parts.index.valid.get(key) ?? -1;
  return text.slice(spans.of(number)?.end, spans.of(number + 1)?.start ?? spans.list()?.end);
}

function linesOf({ text, parts }: ScheduleDocument, spans: TaskSpans, key: TaskKey): string | undefined {
  const span = spans.of(parts.index.valid.get(key) ?? -1);
  return span && text.slice(span.start, span.end);
}
