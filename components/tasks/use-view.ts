"use client";

import { useEffect, useState } from "react";
import { type View, viewFrom, withView } from "./view.ts";

/** How long typing has to pause before the address is written, in milliseconds. */
const SETTLE_MS = 250;

/** The view, read from the address at first and then kept in it. */
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
  // The back button and links to another view of this page change the address.
  useEffect(() => {
    const onPop = () => setView(viewFrom(new URLSearchParams(window.location.search)));
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, []);
  return [view, (change) => setView((now) => ({ ...now, ...change }))];
}
