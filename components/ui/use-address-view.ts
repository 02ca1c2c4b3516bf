"use client";

import { useEffect, useState } from "react";

/** How the view of a page stands in its address. */
interface AddressView<View> {
  /** Reads the view from the parameters of an address. */
  from(search: URLSearchParams): View;
  /** The parameters with the view written into them. */
  into(search: URLSearchParams, view: View): URLSearchParams;
  /** How long typing has to pause before the address is written, in milliseconds. */
  settleMs: number;
}

/**
 * The view, read from the address at first and then kept in it, and a way to change it.
 * @param address the same object with each call.
 */
export function useAddressView<View extends object>(
  initial: string,
  address: AddressView<View>,
): [View, (change: Partial<View>) => void] {
  const [view, setView] = useState(() => address.from(new URLSearchParams(initial)));
  useEffect(() => {
    const timer = setTimeout(() => {
      const now = new URLSearchParams(window.location.search);
      const wanted = address.into(now, view).toString();
      if (wanted !== now.toString())
        window.history.replaceState(null, "", wanted === "" ? window.location.pathname : `?${wanted}`);
    }, address.settleMs);
    return () => clearTimeout(timer);
  }, [view, address]);
  // The back button and links to another view of this page change the address.
  useEffect(() => {
    const onPop = () => setView(address.from(new URLSearchParams(window.location.search)));
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, [address]);
  return [view, (change) => setView((now) => ({ ...now, ...change }))];
}
