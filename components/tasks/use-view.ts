"use client";

import { useAddressView } from "../ui/use-address-view.ts";
import { type View, viewFrom, withView } from "./view.ts";

const ADDRESS = { from: viewFrom, into: withView, settleMs: 250 };

/** The view, read from the address at first and then kept in it. */
export function useView(initial: string): [View, (change: Partial<View>) => void] {
  return useAddressView(initial, ADDRESS);
}
