"use client";

import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { SourceJson, SourceListJson, SourcePatchInput } from "../../lib/protocol/source.ts";
import { call } from "../live/api.ts";
import { putSource, SOURCES_KEY } from "../live/source-updates.ts";
import { withPatch } from "./with-patch.ts";

/** All sources with their settings, including removed sources. Events keep the list up to date. */
export function useSources(first?: SourceListJson): UseQueryResult<SourceListJson> {
  return useQuery({
    queryKey: SOURCES_KEY,
    queryFn: () => call("GET /api/sources"),
    ...(first ? { initialData: first } : {}),
  });
}

interface Edit {
  source: SourceJson;
  patch: SourcePatchInput;
}

/** Changes settings. The change shows at once and is taken back when the server refuses it. */
export function useSourceEdit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ source, patch }: Edit) =>
      (await call("PATCH /api/sources/:id", { params: { id: source.id }, body: patch })).source,
    onMutate: ({ source, patch }) => putSource(client, withPatch(source, patch)),
    onSuccess: (fresh) => putSource(client, fresh),
    // The settings shown in advance are wrong, so the true ones are fetched.
    onError: (_error, { source }) => putSource(client, source),
    onSettled: () => client.invalidateQueries({ queryKey: SOURCES_KEY }),
  });
}
