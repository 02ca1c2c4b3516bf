"use client";

import { useMemo } from "react";
import { type Place, PLACES } from "./places.ts";
import { useSideNames } from "./use-side-names.ts";
import { useStatus } from "./use-status.ts";

/**
 * The pages that there is a use for: that of objects only where a source of objects is. Where no source has a file, the page
 * of files shows tasks as YAML.
 */
export function usePlaces(): readonly Place[] {
  const { data } = useStatus();
  const objects = (data.sources ?? []).some(({ object_type }) => object_type !== null);
  const { isFile } = useSideNames(undefined);
  const all = data.sources ?? [];
  const files = isFile || all.some(({ kind }) => kind === "yaml-file");
  return useMemo(
    () =>
      PLACES.filter((place) => place.objects !== true || objects).map((place) =>
        place.href === "/file" && !files ? { ...place, name: "YAML" } : place,
      ),
    [objects, files],
  );
}
