"use client";

import { useQuery } from "@tanstack/react-query";
import type { Backup, BackupText, FileJson } from "../../lib/protocol/file.ts";
import { api } from "../live/api.ts";

/** Undefined: the only source. */
type Source = string | undefined;

const of = (source: Source) => (source === undefined ? "" : `?source=${encodeURIComponent(source)}`);

/** The file as it is on disk; events cause it to be fetched again. */
export function useFile(source: Source, enabled = true) {
  return useQuery({
    queryKey: ["file", "text", source ?? null],
    queryFn: () => api<FileJson>("GET", `/api/sync/file${of(source)}`),
    enabled,
  });
}

export function useBackups(source: Source) {
  return useQuery({
    queryKey: ["file", "backups", source ?? null],
    queryFn: async () => (await api<{ backups: Backup[] }>("GET", `/api/sync/backups${of(source)}`)).backups,
  });
}

/** A kept version never changes. */
export function useBackup(name: string | null, source: Source) {
  return useQuery({
    queryKey: ["backup", source ?? null, name],
    queryFn: () => api<BackupText>("GET", `/api/sync/backups/${encodeURIComponent(name ?? "")}${of(source)}`),
    enabled: name !== null,
    staleTime: Infinity,
  });
}
