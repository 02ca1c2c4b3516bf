"use client";

import { createContext, useMemo } from "react";
import { useStatus } from "../shell/use-status.ts";
import { useMinute } from "../ui/page-clock.ts";
import { type StateFacts, unknownSources } from "./task-state.ts";

/** For the cells of the list, which draw themselves again when a state changes although its task does not. */
export const StateFactsContext = createContext<StateFacts>({ unknown: new Map(), now: 0 });

export function useStateFacts(): StateFacts {
  const { data: status } = useStatus();
  const now = useMinute();
  return useMemo(() => ({ unknown: unknownSources(status), now }), [status, now]);
}
