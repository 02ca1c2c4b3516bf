"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";
import { toast, Toaster as Corner } from "sonner";
import { noticesAreHere } from "./toast.ts";

/** The corner of the screen in which notices appear. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  // The library's own effect runs first, so that it already listens.
  useEffect(() => noticesAreHere(toast), []);
  return (
    <Corner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      mobileOffset={{ bottom: 72 }}
      expand
      closeButton
      // The library has a font of its own.
      style={{ fontFamily: "inherit" }}
      toastOptions={{ duration: 6_000 }}
    />
  );
}
