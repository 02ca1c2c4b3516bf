"use client";

import { startTransition, useEffect, useState } from "react";
import { fillTimetable, type Group, type Timetable } from "./timetable.ts";

/**
 * Length of one slice of work, in milliseconds: less than half a frame, so that the page stays responsive.
 */
const SLICE_MS = 6;

export interface Filling {
  table: Timetable;
  done: number;
  /** The groups that `table` shows; they differ from the wanted groups while a new table is made. */
  of: readonly Group[];
}

const NOTHING: Filling = { table: new Map(), done: 0, of: [] };

/**
 * When all groups fire. The table is computed in slices, so that the page stays responsive, and the last finished
 * table shows meanwhile.
 */
export function useTimetable(
  groups: readonly Group[],
  from: number,
  until: number,
): Filling & { filling: boolean } {
  const [filled, setFilled] = useState<Filling>(NOTHING);
  const [done, setDone] = useState(0);
  useEffect(() => {
    const steps = fillTimetable(groups, from, until);
    const channel = new MessageChannel();
    let told = performance.now();
    channel.port1.onmessage = () => {
      const end = performance.now() + SLICE_MS;
      for (;;) {
        const step = steps.next();
        if (step.done) {
          channel.port1.close();
          // Drawing a thousand marks must not delay the answer to a key.
          return startTransition(() => setFilled({ table: step.value, done: groups.length, of: groups }));
        }
        if (performance.now() < end) continue;
        if (performance.now() - told > 100) {
          told = performance.now();
          setDone(step.value);
        }
        return channel.port2.postMessage(null);
      }
    };
    channel.port2.postMessage(null);
    return () => channel.port1.close();
  }, [groups, from, until]);
  return { ...filled, done: filled.of === groups ? groups.length : done, filling: filled.of !== groups };
}
