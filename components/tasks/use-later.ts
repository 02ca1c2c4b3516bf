"use client";

import { useEffect, useState } from "react";

/** How long after the page, in milliseconds, because what a person reads comes first. */
const LATER_MS = 600;

/** True a moment after the page came: what is only used then may be loaded. */
export function useLater(): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), LATER_MS);
    return () => clearTimeout(timer);
  }, []);
  return later;
}
