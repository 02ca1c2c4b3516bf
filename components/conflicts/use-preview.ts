"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ResolveBody, ShownConflict, ShownPreview } from "../../lib/protocol/conflict.ts";
import { conflictFromWire, previewFromWire, resolutionToWire } from "../../lib/protocol/wire.ts";
import { call } from "../live/api.ts";
import { useLiveEvent } from "../live/connection.tsx";
import { useClosedMeanwhile } from "./use-closed-meanwhile.ts";
import { putConflict } from "./use-conflicts.ts";

/** How long typing has to pause before a preview is asked for, in milliseconds. */
const REST_MS = 150;

export interface Preview {
  /** What would be written. While a new preview is fetched, this is the preview of the previous choice. */
  data: ShownPreview | undefined;
  /** Whether `data` belongs to the present choice. */
  current: boolean;
  error: Error | null;
}

/**
 * What the choice would write on both sides, as the server computes it. There is no preview for null, and none is asked
 * for once the conflict is `over`: the server would refuse it.
 */
export function usePreview(
  { conflict_id, task_id, file_updated_at }: ShownConflict,
  body: ResolveBody | null,
  over: boolean,
): Preview {
  const client = useQueryClient();
  const closed = useClosedMeanwhile(conflict_id);
  const asked = useRested(JSON.stringify(body));
  const query = useQuery({
    queryKey: ["conflicts", "preview", conflict_id, asked],
    queryFn: async () => {
      const preview = await call("POST /api/sync/conflicts/:id/preview", {
        params: { id: conflict_id },
        body: resolutionToWire(JSON.parse(asked) as ResolveBody),
      });
      const { refused, conflict } = preview;
      if (refused?.code === "stale_conflict" && conflict) {
        const fresh = conflictFromWire(conflict);
        putConflict(client, {
          ...fresh,
          conflict_id,
          task_id,
          file_updated_at: fresh.file_updated_at ?? file_updated_at,
        });
      }
      return previewFromWire(preview);
    },
    enabled: asked !== "null" && !over && !closed,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  // The lines around the task or its runtime fields may have changed, so the preview is fetched again.
  const [changes, setChanges] = useState(0);
  const again = () => setChanges((now) => now + 1);
  useLiveEvent("schedule_config_updated", again);
  useLiveEvent("tasks_changed", again);
  useEffect(() => {
    if (changes === 0) return;
    // The event that the conflict is over may come right after these.
    const timer = setTimeout(
      () => void client.invalidateQueries({ queryKey: ["conflicts", "preview", conflict_id] }),
      REST_MS,
    );
    return () => clearTimeout(timer);
  }, [changes, client, conflict_id]);
  const wanted = JSON.stringify(body);
  return {
    data: body === null ? undefined : query.data,
    current:
      body !== null && asked === wanted && query.isSuccess && !query.isPlaceholderData && !query.isFetching,
    error: body === null || asked !== wanted ? null : query.error,
  };
}

/** The value after it has not changed for a moment. A change from or to `null` counts at once. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    if (value === rested) return;
    const timer = setTimeout(() => setRested(value), rested === "null" || value === "null" ? 0 : REST_MS);
    return () => clearTimeout(timer);
  }, [value, rested]);
  return rested;
}
