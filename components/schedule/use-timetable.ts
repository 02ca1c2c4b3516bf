"use client";

import { startTransition, useEffect, useState } from "react";
import { fillTimetable, type Group, type Timetable } from "./timetable.ts";

/** A slice of work on the page's own thread is shorter than half a frame. */
const SLICE_MS = 6;

export interface Filling {
  table: Timetable;
  done: number;
  /** What `table` was made of; another than asked for while a new one is being made. */
  of: readonly Group[];
}

const NOTHING: Filling = { table: new Map(), done: 0, of: [] };

/** When all groups fire, worked out in slices between which the page goes on living; the last whole one shows meanwhile. */
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
          // Drawn as there is time: a picture of a thousand marks must not hold up a key.
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
