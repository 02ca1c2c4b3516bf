"use client";

import { useEffect, useState } from "react";
import { type View, viewFrom, withView } from "./view.ts";

/** Typing writes the address when it pauses, not with every key. */
const SETTLE_MS = 250;

/** The view, first from the address and from then on kept in it. */
export function useView(initial: string): [View, (change: Partial<View>) => void] {
  const [view, setView] = useState(() => viewFrom(new URLSearchParams(initial)));
  useEffect(() => {
    const timer = setTimeout(() => {
      const now = new URLSearchParams(window.location.search);
      const wanted = withView(now, view).toString();
      if (wanted !== now.toString())
        window.history.replaceState(null, "", wanted === "" ? window.location.pathname : `?${wanted}`);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [view]);
  // Somebody followed a link to another view of this same page, or went back.
  useEffect(() => {
    const onPop = () => setView(viewFrom(new URLSearchParams(window.location.search)));
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, []);
  return [view, (change) => setView((now) => ({ ...now, ...change }))];
}
