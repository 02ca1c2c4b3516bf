"use client";

import { useEffect, useState } from "react";
import { useAddressView } from "../ui/use-address-view.ts";
import { type ObjectView, objectViewFrom, withObjectView } from "./object-view.ts";

/** How long typing has to pause before objects are searched and the address is written, in milliseconds. */
const SETTLE_MS = 200;
const ADDRESS = { from: objectViewFrom, into: withObjectView, settleMs: SETTLE_MS };

interface UsedView {
  /** As the controls show it. */
  view: ObjectView;
  /** The same, once typing has paused. */
  settled: ObjectView;
  change(change: Partial<ObjectView>): void;
}

/** The view, read from the address at first and then kept in it. */
export function useObjectView(initial: string): UsedView {
  const [view, change] = useAddressView(initial, ADDRESS);
  const [settled, setSettled] = useState(view);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(view), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [view]);
  return { view, settled, change };
}
