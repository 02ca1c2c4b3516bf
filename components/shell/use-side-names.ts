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

/** For the rows of a list, which would each ask for the status otherwise. */
export const SidesContext = createContext<(source: string) => string>(() => NAMES_OF_FILE.side);

/** Calls the file's side of any source by its name. It is another function only when the sources change. */
export function useSides(): (source: string) => string {
  const { data } = useStatus();
  const apis = (data.sources ?? []).filter(({ id, kind }) => !sideNames(id, kind).isFile).map(({ id }) => id);
  const known = apis.join("\n");
  return useMemo(() => {
    const named = new Set(known.split("\n"));
    return (source: string) => (named.has(source) ? source : NAMES_OF_FILE.side);
  }, [known]);
}

/** The names that count within a dialog about one task. */
export const SideNamesContext = createContext<SideNames>(NAMES_OF_FILE);

export function useNames(): SideNames {
  return useContext(SideNamesContext);
}
