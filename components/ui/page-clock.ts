"use client";

import { useSyncExternalStore } from "react";

/**
 * A clock that all who use it read the same time from, moving by `step` milliseconds: a hook that gives the
 * present, rounded down to the step; 0 while the server renders, which cannot know the viewer's.
 */
function pageClock(step: number): () => number {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    timer ??= setInterval(() => listeners.forEach((each) => each()), step);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
  const present = () => Math.floor(Date.now() / step) * step;
  return () => useSyncExternalStore(subscribe, present, () => 0);
}

/** For all relative times. */
export const useNow = pageClock(5_000);

/** For all that counts down. */
export const useSecond = pageClock(1_000);
