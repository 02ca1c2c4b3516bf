"use client";

import { type RefObject, useEffect, useState } from "react";

/** What lies beside the track in a row: the name and both margins on a wide screen, only the margins on a phone. */
const BESIDE = { wide: 300, narrow: 24 };

/** The width of the tracks in pixels. */
export function useTrackWidth(scroller: RefObject<HTMLElement | null>, wide: boolean): number {
  const [width, setWidth] = useState(900);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return Math.max(100, width - BESIDE[wide ? "wide" : "narrow"]);
}
