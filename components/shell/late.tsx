"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { loadAgain } from "../ui/load-again.ts";

const LateParts = dynamic(
  loadAgain(() => import("./late-parts.tsx").then((module) => module.LateParts)),
  { ssr: false },
);
/** When they are loaded, in milliseconds after the page. What was asked for before that is shown then. */
const LOAD_AFTER_MS = 600;

/** Notices and dialogs of every page, loaded a moment after the page itself. */
export function Late() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), LOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return wanted ? <LateParts /> : null;
}
