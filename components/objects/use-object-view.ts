"use client";

import { useEffect, useState } from "react";
import { type ObjectView, objectViewFrom, withObjectView } from "./object-view.ts";

/** How long typing has to pause before objects are searched and the address is written, in milliseconds. */
const SETTLE_MS = 200;

export interface UsedView {
  /** As the controls show it. */
  view: ObjectView;
  /** The same, once typing has paused. */
  settled: ObjectView;
  change(change: Partial<ObjectView>): void;
}

/** The view, read from the address at first and then kept in it. */
export function useObjectView(initial: string): UsedView {
  const [view, setView] = useState(() => objectViewFrom(new URLSearchParams(initial)));
  const [settled, setSettled] = useState(view);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(view);
      const now = new URLSearchParams(window.location.search);
      const wanted = withObjectView(now, view).toString();
      if (wanted !== now.toString())
        window.history.replaceState(null, "", wanted === "" ? window.location.pathname : `?${wanted}`);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [view]);
  // The back button and links to another view of this page change the address.
  useEffect(() => {
    const onPop = () => setView(objectViewFrom(new URLSearchParams(window.location.search)));
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, []);
  return { view, settled, change: (change) => setView((now) => ({ ...now, ...change })) };
}
