"use client";

import { type RefObject, useCallback, useEffect } from "react";
import { isTyping } from "./is-typing.ts";

/** Calls `onPress` when the key is pressed anywhere on the page, except while text is typed; null: the key does nothing. */
export function usePageKey(key: string, onPress: (() => void) | null): void {
  useEffect(() => {
    if (onPress === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      onPress();
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [key, onPress]);
}

/** `/` puts the focus into the search. */
export function useSearchKey(search: RefObject<HTMLInputElement | null>): void {
  usePageKey(
    "/",
    useCallback(() => search.current?.focus(), [search]),
  );
}
