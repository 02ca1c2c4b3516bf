"use client";

import { createContext, useContext } from "react";
import type { SourceJson, SourcePatchInput } from "../../lib/protocol/source.ts";

/** The actions on a source that every part of the page offers. */
export interface SourceActions {
  /** Why the person may not change settings; undefined when they may. */
  editWhy: string | undefined;
  /** Why the person may not ask for a run; undefined when they may. */
  runWhy: string | undefined;
  /** Saves settings. Resolves to an error in words, or to null. */
  edit(source: SourceJson, patch: SourcePatchInput): Promise<string | null>;
  run(source: SourceJson, cascade: boolean): void;
  open(id: string): void;
}

export const SourceActionsContext = createContext<SourceActions>({
  editWhy: "",
  runWhy: "",
  edit: () => Promise.resolve(null),
  run: () => undefined,
  open: () => undefined,
});

export function useSourceActions(): SourceActions {
  return useContext(SourceActionsContext);
}
