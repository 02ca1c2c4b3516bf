"use client";

import { useEffect } from "react";
import { isTyping } from "../shell/is-typing.ts";

/** `j` and `k` move the focus through the list. */
export function useListKeys(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent) => {
      if (
        (event.key !== "j" && event.key !== "k") ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event)
      )
        return;
      const items = [...document.querySelectorAll<HTMLElement>("[data-conflict]")];
      const at = items.findIndex((item) => item === document.activeElement);
      const next = event.key === "j" ? at + 1 : at === -1 ? items.length - 1 : at - 1;
      items[Math.min(Math.max(next, 0), items.length - 1)]?.focus();
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [active]);
}
