"use client";

import { useStatus } from "./use-status.ts";

/** Whether the source, by default the only one, is one of objects, which has no file and nothing to undo. */
export function useIsOfObjects(source: string | undefined): boolean {
  const { data } = useStatus();
  const all = data.sources ?? [];
  const named = source === undefined && all.length === 1 ? all[0] : all.find(({ id }) => id === source);
  return named !== undefined && named.object_type !== null;
}

/** Whether every source is one of objects: these go one way only, which leaves nothing to preview and no file. */
export function useHasOnlyObjects(): boolean {
  const { data } = useStatus();
  const all = data.sources ?? [];
  return all.length > 0 && all.every(({ object_type }) => object_type !== null);
}
