"use client";

import { type RefObject, useEffect, useRef } from "react";
import { isTyping } from "../shell/is-typing.ts";

/** The keys of the list that work wherever the focus is. Others, such as the arrows, scroll the page elsewhere. */
const EVERYWHERE = new Set(["j", "k", "x", "e", "o"]);

/**
 * Passes keys that are pressed outside of the list on to it, and gives it the focus. A person need not find the list first. In
 * fields, menus and dialogs the keys belong to these; Enter belongs to the button or link that has the focus.
 */
export function useKeysOfPage(
  list: RefObject<HTMLElement | null>,
  onKey: (event: KeyboardEvent) => void,
): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const pass = (event: KeyboardEvent) => {
      const { target, key } = event;
      const isOurs = EVERYWHERE.has(key) || (key === "Enter" && target === document.body);
      if (!isOurs || event.defaultPrevented || isTyping(event) || target === list.current) return;
      if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]")) return;
      list.current?.focus({ preventScroll: true });
      latest.current(event);
    };
    window.addEventListener("keydown", pass);
    return () => window.removeEventListener("keydown", pass);
  }, [list]);
}
