"use client";

import { createContext, useContext, useMemo } from "react";
import { NAMES_OF_FILE, sideNames, type SideNames } from "./side-names.ts";
import { useStatus } from "./use-status.ts";

/** How the file's side of a source is called; of the only source where none is named. */
export function useSideNames(source: string | undefined): SideNames {
  const { data } = useStatus();
  const all = data.sources ?? [];
  const found = source === undefined && all.length === 1 ? all[0] : all.find(({ id }) => id === source);
  const { id, kind } = found ?? {};
  return useMemo(() => (id === undefined ? NAMES_OF_FILE : sideNames(id, kind)), [id, kind]);
}

/** The names that count within a dialog about one task. */
export const SideNamesContext = createContext<SideNames>(NAMES_OF_FILE);

export function useNames(): SideNames {
  return useContext(SideNamesContext);
}
