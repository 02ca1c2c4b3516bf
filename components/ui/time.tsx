"use client";

import { useSyncExternalStore } from "react";
import { formatAbsolute, formatRelative } from "./format-time.ts";

// One clock for all relative times on the page.
let now = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 5_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present, to a few seconds; 0 while the server renders, which cannot know the viewer's. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => {
      // Stands still between ticks, so that a render sees one time.
      if (Math.abs(Date.now() - now) > 5_000) now = Date.now();
      return now;
    },
    () => 0,
  );
}

/** A point in time: relative where one looks, absolute (in a time zone, UTC unless given) as a tooltip, or both; `short` leaves the zone's name to the tooltip. */
export function Time({ at, timezone = "UTC", show = "relative" }: { at: string | null; timezone?: string; show?: "relative" | "absolute" | "short" | "both" }) {
  const present = useNow();
  if (at === null) return <span aria-label="none">–</span>;
  const absolute = formatAbsolute(at, timezone);
  const relative = present === 0 ? absolute : formatRelative(at, present);
  return (
    <time dateTime={at} title={`${absolute} (${at})`} className="whitespace-nowrap tabular-nums">
      {show === "short" ? absolute.slice(0, 16) : show === "absolute" ? absolute : show === "relative" ? relative : `${relative}, ${absolute}`}
    </time>
  );
}
