"use client";

import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { SourceJson, SourceListJson, SourcePatchInput } from "../../lib/protocol/source.ts";
import { api } from "../live/api.ts";
import { putSource, SOURCES_KEY } from "../live/source-updates.ts";
import { withPatch } from "./with-patch.ts";

/** All sources with their settings, removed ones too; kept right by events. */
export function useSources(first?: SourceListJson): UseQueryResult<SourceListJson> {
  return useQuery({
    queryKey: SOURCES_KEY,
    queryFn: () => api<SourceListJson>("GET", "/api/sources"),
    ...(first ? { initialData: first } : {}),
  });
}

interface Edit {
  source: SourceJson;
  patch: SourcePatchInput;
}

/** Changes settings: shown at once, taken back where they are refused. */
export function useSourceEdit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ source, patch }: Edit) =>
      (await api<{ source: SourceJson }>("PATCH", `/api/sources/${encodeURIComponent(source.id)}`, patch))
        .source,
    onMutate: ({ source, patch }) => putSource(client, withPatch(source, patch)),
    onSuccess: (fresh) => putSource(client, fresh),
    // What was shown at first is not so; what it is by now is asked for.
    onError: (_error, { source }) => putSource(client, source),
    onSettled: () => client.invalidateQueries({ queryKey: SOURCES_KEY }),
  });
}
