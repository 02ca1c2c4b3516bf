"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { PLACES } from "./places.ts";

/** How long `g` waits for the key that says where. */
const SEQUENCE_MS = 1_500;

/** Whether the key is meant for what has the focus. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.closest('[role="dialog"],[role="menu"],[role="listbox"]') !== null;
}

/** The keys that work on every page. */
export function Shortcuts() {
  const router = useRouter();
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.timeStamp < goUntil) {
        goUntil = 0;
        const place = PLACES.find((each) => each.key === event.key);
        if (place) {
          event.preventDefault();
          router.push(place.href);
        }
      } else if (event.key === "g") goUntil = event.timeStamp + SEQUENCE_MS;
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router]);
  return null;
}
