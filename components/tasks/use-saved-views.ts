"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NewView, ViewJson, ViewPatch } from "../../lib/protocol/view.ts";
import { call } from "../live/api.ts";

const KEY = ["views"];

/** The views of this person and those that others share. They are fetched again wherever they are shown anew. */
export function useSavedViews(): readonly ViewJson[] {
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async () => (await call("GET /api/views")).views,
    refetchOnMount: "always",
  });
  return data ?? [];
}

/** Ways to save, change and remove views; each answers with the view. */
export function useViewChanges() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: KEY });
  const save = useMutation({
    mutationFn: async (body: NewView) => (await call("POST /api/views", { body })).view,
    onSettled,
  });
  const change = useMutation({
    mutationFn: async ({ id, patch }: { id: string; patch: ViewPatch }) =>
      (await call("PATCH /api/views/:id", { params: { id }, body: patch })).view,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (id: string) => (await call("DELETE /api/views/:id", { params: { id } })).view,
    onSettled,
  });
  return { save: save.mutateAsync, change: change.mutateAsync, remove: remove.mutateAsync };
}
