"use client";

import { useQuery } from "@tanstack/react-query";
import { call } from "../live/api.ts";

/** The only source when undefined. */
type Source = string | undefined;

/** The file as it is on disk. Events cause it to be fetched again. */
export function useFile(source: Source, enabled = true) {
  return useQuery({
    queryKey: ["file", "text", source ?? null],
    queryFn: () => call("GET /api/sync/file", { query: { source } }),
    enabled,
  });
}

export function useBackups(source: Source) {
  return useQuery({
    queryKey: ["file", "backups", source ?? null],
    queryFn: async () => (await call("GET /api/sync/backups", { query: { source } })).backups,
  });
}

/** A kept version never changes. */
export function useBackup(name: string | null, source: Source) {
  return useQuery({
    queryKey: ["backup", source ?? null, name],
    queryFn: () => call("GET /api/sync/backups/:name", { params: { name: name ?? "" }, query: { source } }),
    enabled: name !== null,
    staleTime: Infinity,
  });
}
