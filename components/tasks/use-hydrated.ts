"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/**
 * False while the page is as the server made it. A style the server wrote into the markup would not pass
 * the page's policy.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/** Whether the screen is wide enough for a table. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia("(min-width: 48rem)");
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => window.matchMedia("(min-width: 48rem)").matches,
    () => true,
  );
}
