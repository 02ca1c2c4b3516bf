"use client";

import { useSyncExternalStore } from "react";

/**
 * A hook that returns the present time, rounded down to `step` milliseconds, the same in every component.
 * It returns 0 while the server renders, because the browser's time is not known there.
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

/** The clock of relative times. */
export const useNow = pageClock(5_000);

/** The clock of what need not be told to the second. */
export const useMinute = pageClock(60_000);

/** The clock of countdowns. */
export const useSecond = pageClock(1_000);
