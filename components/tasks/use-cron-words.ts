"use client";

import { useSyncExternalStore } from "react";
import { loadAgain } from "../ui/load-again.ts";

type InWords = (expression: string) => string | null;

const load = loadAgain(() => import("./cron-words.ts"));
const listeners = new Set<() => void>();
let inWords: InWords | null = null;
let asked = false;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) {
    asked = true;
    void load().then((module) => {
      inWords = module.cronInWords;
      for (const each of listeners) each();
    });
  }
  return () => listeners.delete(listener);
}

/**
 * A cron expression in words; null where there are none, and undefined for a moment after the page has loaded: the translation
 * is large, and the first look at a list does not wait for it.
 */
export function useCronWords(expression: string): string | null | undefined {
  const translate = useSyncExternalStore(
    subscribe,
    () => inWords,
    () => null,
  );
  return translate?.(expression);
}
