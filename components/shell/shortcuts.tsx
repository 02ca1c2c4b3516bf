"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { isTyping } from "./is-typing.ts";
import { usePlaces } from "./use-places.ts";
import { onShellCommand } from "./shell-commands.ts";
import { loadAgain } from "../ui/load-again.ts";

const loadPalette = () => import("./command-palette.tsx").then((module) => module.CommandPalette);
const CommandPalette = dynamic(loadAgain(loadPalette), { ssr: false });
const ShortcutSheet = dynamic(
  loadAgain(() => import("./shortcut-sheet.tsx").then((module) => module.ShortcutSheet)),
  { ssr: false },
);

/** How long `g` waits for the next key, in milliseconds. */
const SEQUENCE_MS = 1_500;
/** When the palette is loaded in advance, in milliseconds after the page. */
const PRELOAD_AFTER_MS = 1_500;

/** The keys that work on every page, the command palette and the sheet of shortcuts. */
export function Shortcuts() {
  const router = useRouter();
  const places = usePlaces();
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  useEffect(
    () =>
      onShellCommand((command) => {
        if (command === "palette" || command === "shortcuts") setOpen(command);
      }),
    [],
  );
  // People type at once after Ctrl K, so the palette is loaded in advance.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        setOpen((now) => (now === "palette" ? null : "palette"));
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.timeStamp < goUntil) {
        goUntil = 0;
        const place = places.find((each) => each.key === event.key);
        if (!place) return;
        event.preventDefault();
        router.push(place.href);
      } else if (event.key === "g") goUntil = event.timeStamp + SEQUENCE_MS;
      else if (event.key === "?") setOpen("shortcuts");
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router, places]);
  const close = () => setOpen(null);
  if (open === "palette") return <CommandPalette onClose={close} />;
  return open === "shortcuts" ? <ShortcutSheet onClose={close} /> : null;
}
