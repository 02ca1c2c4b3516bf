"use client";

import { useMemo } from "react";
import { fileTitle } from "../../lib/source/side-names.ts";
import { type Place, PLACES } from "./places.ts";
import { useStatus } from "./use-status.ts";

/**
 * The pages that there is a use for: that of objects only where a source of objects is. The page of files
 * is named YAML where no source has a file, because it shows tasks as YAML there.
 */
export function usePlaces(): readonly Place[] {
  const { data } = useStatus();
  const objects = (data.sources ?? []).some(({ object_type }) => object_type !== null);
  const file = fileTitle(data.sources ?? []);
  return useMemo(
    () =>
      PLACES.filter((place) => place.objects !== true || objects).map((place) =>
        place.href === "/file" ? { ...place, name: file } : place,
      ),
    [objects, file],
  );
}
