"use client";

import { useQuery } from "@tanstack/react-query";
import type { Backup, BackupText, FileJson } from "../../lib/protocol/file.ts";
import { api } from "../live/api.ts";

/** The file as it is on disk; events make it out of date. */
export function useFile() {
  return useQuery({ queryKey: ["file", "text"], queryFn: () => api<FileJson>("GET", "/api/sync/file") });
}

export function useBackups() {
  return useQuery({
    queryKey: ["file", "backups"],
    queryFn: async () => (await api<{ backups: Backup[] }>("GET", "/api/sync/backups")).backups,
  });
}

/** A kept version never changes. */
export function useBackup(name: string | null) {
  return useQuery({
    queryKey: ["backup", name],
    queryFn: () => api<BackupText>("GET", `/api/sync/backups/${encodeURIComponent(name ?? "")}`),
    enabled: name !== null,
    staleTime: Infinity,
  });
}
