"use client";

import { createContext, useContext, useMemo } from "react";
import {
  NAMES_OF_FILE,
  type NamedSource,
  type SideNames,
  sideNames,
  sideNamesOfAll,
} from "../../lib/source/side-names.ts";
import { useStatus } from "./use-status.ts";

/** Calls the file's side of a source by its name; without a source that of all sources of tasks together. */
export type NamesOf = (source?: string | readonly string[]) => SideNames;

/** How the file's side of any source is called. It is another function only when the sources change. */
export function useSides(): NamesOf {
  const { data } = useStatus();
  const known = JSON.stringify(
    (data.sources ?? []).map(({ id, kind, object_type }) => ({ id, kind, tasks: object_type === null })),
  );
  return useMemo(() => namesAmong(JSON.parse(known) as Known[]), [known]);
}

interface Known extends NamedSource {
  /** Whether it holds tasks; a source of objects goes one way only. */
  tasks: boolean;
}

function namesAmong(all: readonly Known[]): NamesOf {
  const byId = new Map(all.map(({ id, kind }) => [id, sideNames(id, kind)]));
  const together = sideNamesOfAll(all.filter(({ tasks }) => tasks));
  return (source) => {
    if (source === undefined) return together;
    if (typeof source === "string") return byId.get(source) ?? NAMES_OF_FILE;
    return sideNamesOfAll(all.filter(({ id }) => source.includes(id)));
  };
}

/** How the file's side of a source is called; of all sources together where none is named. */
export function useSideNames(source: string | undefined): SideNames {
  return useSides()(source);
}

/** For the rows of a list, which would each ask for the status otherwise. */
export const SidesContext = createContext<NamesOf>(() => NAMES_OF_FILE);

/** The names that count within a dialog about one task. */
export const SideNamesContext = createContext<SideNames>(NAMES_OF_FILE);

export function useNames(): SideNames {
  return useContext(SideNamesContext);
}
