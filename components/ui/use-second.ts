"use client";

import { useSyncExternalStore } from "react";

// One clock of seconds for all that counts down.
let now = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) now = Math.floor(Date.now() / 1_000) * 1_000;
  timer ??= setInterval(() => {
    now = Math.floor(Date.now() / 1_000) * 1_000;
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present, to a second; 0 while the server renders. */
export function useSecond(): number {
  return useSyncExternalStore(
    subscribe,
    () => (now ||= Math.floor(Date.now() / 1_000) * 1_000),
    () => 0,
  );
}
