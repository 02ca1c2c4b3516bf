"use client";

import { startTransition, useEffect, useState } from "react";
import { NO_STARTS, type Starts, workOutStarts } from "../../lib/schedule/starts.ts";
import type { ScheduleGroup } from "./timeline-rows.ts";

/** Length of one slice of work, in milliseconds: less than half a frame, so that the page stays responsive. */
const SLICE_MS = 6;
/** How often the progress is told, in milliseconds. */
const TELL_MS = 100;

export interface WorkedOut {
  starts: Starts;
  /** The groups that `starts` is of; they differ from the wanted groups while new ones are worked out. */
  groups: readonly ScheduleGroup[];
}

const NOTHING: WorkedOut = { starts: NO_STARTS, groups: [] };

/**
 * When the groups start, worked out in slices; what was finished last is shown meanwhile. `done` is the number of groups
 * that are done; null when nothing is under way.
 */
export function useStarts(
  groups: readonly ScheduleGroup[],
  from: number,
  length: number,
): WorkedOut & { done: number | null } {
  const [shown, setShown] = useState<WorkedOut>(NOTHING);
  const [done, setDone] = useState(0);
  useEffect(() => {
    const steps = workOutStarts(groups, from, length);
    const channel = new MessageChannel();
    let told = performance.now();
    channel.port1.onmessage = () => {
      const end = performance.now() + SLICE_MS;
      for (;;) {
        const step = steps.next();
        if (step.done) {
          channel.port1.close();
          // Drawing the rows must not delay the answer to a key.
          return startTransition(() => setShown({ starts: step.value, groups }));
        }
        if (performance.now() < end) continue;
        if (performance.now() - told > TELL_MS) {
          told = performance.now();
          setDone(step.value);
        }
        return channel.port2.postMessage(null);
      }
    };
    channel.port2.postMessage(null);
    return () => channel.port1.close();
  }, [groups, from, length]);
  const { starts } = shown;
  const current = shown.groups === groups && starts.from === from && starts.length === length;
  return { ...shown, done: current ? null : done };
}
