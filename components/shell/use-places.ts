"use client";

import { useMemo } from "react";
import { type Place, PLACES } from "./places.ts";
import { useStatus } from "./use-status.ts";

/** The pages that there is a use for: that of objects only where a source of objects is. */
export function usePlaces(): readonly Place[] {
  const { data } = useStatus();
  const objects = (data.sources ?? []).some(({ object_type }) => object_type !== null);
  return useMemo(() => PLACES.filter((place) => place.objects !== true || objects), [objects]);
}
