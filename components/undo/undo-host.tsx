"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { loadAgain } from "../ui/load-again.ts";
import { askUndo, onUndoAsked, undoAsked } from "./ask-undo.ts";

const UndoEdit = dynamic(
  loadAgain(() => import("./undo-edit.tsx").then((module) => module.UndoEdit)),
  { ssr: false },
);
const UndoRun = dynamic(
  loadAgain(() => import("../history/undo-dialog.tsx").then((module) => module.UndoDialog)),
  { ssr: false },
);

/** The dialog of an undo, on every page. */
export function UndoHost() {
  const asked = useSyncExternalStore(onUndoAsked, undoAsked, () => null);
  if (asked === null) return null;
  if ("run" in asked) return <UndoRun run={asked.run} open onOpenChange={(open) => !open && askUndo(null)} />;
  return <UndoEdit edit={asked.edit} onUndone={asked.onUndone} onClose={() => askUndo(null)} />;
}
