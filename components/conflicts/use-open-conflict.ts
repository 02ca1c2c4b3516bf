"use client";

import { useSearchParams } from "next/navigation";

/** The address names the open conflict, so that it can be linked to and the back button closes it. */
export function useOpenConflict(): [string | null, (id: string | null, how?: "push" | "replace") => void] {
  const open = useSearchParams().get("open");
  const setOpen = (id: string | null, how: "push" | "replace" = "replace") => {
    const url = new URL(window.location.href);
    if (id === null) url.searchParams.delete("open");
    else url.searchParams.set("open", id);
    if (how === "push") window.history.pushState(null, "", url);
    else window.history.replaceState(null, "", url);
  };
  return [open, setOpen];
}
