"use client";

import { useState } from "react";
import { useLiveEvent } from "../live/connection.tsx";

/** Whether the conflict was closed while it was being shown, here or elsewhere. */
export function useClosedMeanwhile(id: string): boolean {
  const [closed, setClosed] = useState(false);
  useLiveEvent("sync_conflict_resolved", ({ conflict_id }) => {
    if (conflict_id === id) setClosed(true);
  });
  return closed;
}
