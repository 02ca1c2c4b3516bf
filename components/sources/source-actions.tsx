"use client";

import { createContext, useContext } from "react";
import type { SourceJson, SourcePatchInput } from "../../lib/protocol/source.ts";

/** What one may do to a source from any place on the page. */
export interface SourceActions {
  /** Why the person may not change settings; undefined: they may. */
  editWhy: string | undefined;
  /** Why the person may not ask for a run. */
  runWhy: string | undefined;
  /** Resolves to what is wrong with it, in words, or to null. */
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
