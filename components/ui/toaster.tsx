"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";
import { toast, Toaster as Corner } from "sonner";
import { noticesAreHere } from "./toast.ts";

/** Where notices appear. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  // After the corner's own effect, by which it listens.
  useEffect(() => noticesAreHere(toast), []);
  return (
    <Corner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      mobileOffset={{ bottom: 72 }}
      expand
      closeButton
      toastOptions={{ duration: 6_000 }}
    />
  );
}
