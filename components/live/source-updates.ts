import type { QueryClient } from "@tanstack/react-query";
import type { LockstepEvent } from "../../lib/protocol/event.ts";
import type { SourceJson, SourceListJson } from "../../lib/protocol/source.ts";
import { call } from "./api.ts";

export const SOURCES_KEY = ["sources", "list"] as const;

/** The most sources that are fetched one by one. */
const MAX_NAMED = 4;

/** The source to fetch again. Null means all sources; undefined means that the event does not concern sources. */
export function sourceNews(event: LockstepEvent): string | null | undefined {
  switch (event.event) {
    case "sync_run_finished":
    case "sync_conflict_detected":
    case "sync_conflict_resolved":
    case "sync_source_stale":
    case "tasks_changed":
      return event.source;
    case "sync_status_changed":
      return event.source ?? null;
    // Other sources may depend on it now.
    case "sync_sources_changed":
      return null;
    default:
      return undefined;
  }
}

/** Fetches the named sources and puts them into the list. If there are too many, it fetches the whole list. */
export async function refreshSources(client: QueryClient, news: readonly (string | null)[]): Promise<void> {
  const list = client.getQueryData<SourceListJson>(SOURCES_KEY);
  if (!list) return;
  const ids = [...new Set(news)];
  const known = ids.every((id) => id !== null && list.sources.some((source) => source.id === id));
  if (!known || ids.length > MAX_NAMED) return client.invalidateQueries({ queryKey: SOURCES_KEY });
  const fresh = await Promise.all(
    ids.map(async (id) => (await call("GET /api/sources/:id", { params: { id: id ?? "" } })).source),
  );
  for (const source of fresh) putSource(client, source);
}

/** Puts a newer state of a source into the list. */
export function putSource(client: QueryClient, fresh: SourceJson): void {
  client.setQueryData<SourceListJson>(
    SOURCES_KEY,
    (now) =>
      now && { ...now, sources: now.sources.map((source) => (source.id === fresh.id ? fresh : source)) },
  );
}
