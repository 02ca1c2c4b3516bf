"use client";

import { useState } from "react";
import { useLiveEvent } from "../live/connection.tsx";
import { type Step, tick } from "./first-steps-state.ts";

/** The last run that carried an edit of the file, and the last that carried an edit from here. */
export function useSeenRuns(): { file: string | null; here: string | null } {
  const [seen, setSeen] = useState<{ file: string | null; here: string | null }>({ file: null, here: null });
  useLiveEvent("sync_run_finished", ({ run_id, trigger, counts: { created, updated, deleted } }) => {
    if (created + updated + deleted === 0) return;
    const step: Step | null = trigger === "watch" ? "file" : trigger === "api" ? "here" : null;
    if (step === null) return;
    setSeen((now) => ({ ...now, [step]: run_id }));
    tick(step);
  });
  return seen;
}
