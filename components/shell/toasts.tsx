"use client";

import dynamic from "next/dynamic";
import { useEffect, useSyncExternalStore } from "react";
import { loadAgain } from "../ui/load-again.ts";
import { isNoticeWanted, onNoticeWanted, wantNotices } from "../ui/toast.ts";

const Toaster = dynamic(
  loadAgain(() => import("../ui/toaster.tsx").then((module) => module.Toaster)),
  { ssr: false },
);
/** When the library of notices is loaded in advance, in milliseconds after the page. */
const PRELOAD_AFTER_MS = 1_500;

/** The corner of notices, loaded for the first notice or a moment after the page. */
export function Toasts() {
  const wanted = useSyncExternalStore(onNoticeWanted, isNoticeWanted, () => false);
  useEffect(() => {
    const timer = setTimeout(wantNotices, PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return wanted ? <Toaster /> : null;
}
