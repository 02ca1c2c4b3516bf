"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { ChevronRight, Layers } from "lucide-react";
import { useState } from "react";
import type { AuditEntry, AuditGroup } from "../../lib/protocol/audit.ts";
import { call } from "../live/api.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { actorInWords } from "./actor-words.ts";
import { apiQuery, type AuditFilter } from "./audit-filter.ts";
import { EntryRow } from "./entry-row.tsx";
import { groupInWords } from "./entry-words.ts";

const PAGE = 50;

interface Props {
  /** The entry that stands for all of the group. */
  entry: AuditEntry;
  group: AuditGroup;
  filter: AuditFilter;
  open: boolean;
  onOpen(open: boolean): void;
  onActor(actor: string): void;
}

/** All changes of tasks that a run carried, in one line; opening it shows them page by page. */
export function GroupRow({ entry, group, filter, open, onOpen, onActor }: Props) {
  const { name, by } = actorInWords(entry);
  const words = groupInWords(group);
  const details = `audit-group-${entry.id}`;
  return (
    <article aria-label={`${name} ${words}`}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        onClick={() => onOpen(!open)}
        className="hover:bg-hover flex w-full items-start gap-3 px-3 py-2 text-left focus-visible:-outline-offset-2"
      >
        <span className="bg-accent-soft text-accent-text mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full">
          <Layers className="size-3.5" aria-hidden />
        </span>
        <span className="min-w-0 flex-1 py-0.5 break-words">
          <span className="font-medium">{name}</span>
          {by !== null && <span className="text-muted text-xs"> ({by})</span>} <span>{words}</span>
          <span className="text-muted text-xs"> in one run</span>
        </span>
        <span className="text-muted flex shrink-0 items-center gap-2 py-0.5 text-xs">
          <Time at={entry.at} />
          <ChevronRight className={clsx("size-3.5 transition-transform", open && "rotate-90")} aria-hidden />
        </span>
      </button>
      {open && (
        <div id={details} className="bg-background border-t px-3 py-2 sm:pl-12">
          <GroupEntries entry={entry} total={group.count} filter={filter} onActor={onActor} />
        </div>
      )}
    </article>
  );
}

interface EntriesProps extends Pick<Props, "entry" | "filter" | "onActor"> {
  total: number;
}

function GroupEntries({ entry, total, filter, onActor }: EntriesProps) {
  const [opened, setOpened] = useState<string | null>(null);
  const run = entry.run_id ?? "";
  const query = { ...filter, run, actor: entry.actor, subject: "task" as const };
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["audit", "group", apiQuery(query).toString()],
    queryFn: ({ pageParam }) => {
      const page = { limit: String(PAGE), cursor: pageParam ?? undefined };
      return call("GET /api/audit", { query: { ...Object.fromEntries(apiQuery(query)), ...page } });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  if (!data)
    return error ? <ErrorNote error={error} /> : <SkeletonRows label="Loading the entries" rows={3} />;
  const entries = data.pages.flatMap((page) => page.entries);
  return (
    <div className="flex flex-col gap-2">
      {error && <ErrorNote error={error} />}
      <ol className="bg-surface divide-y overflow-hidden rounded-lg border">
        {entries.map((each) => (
          <li key={each.id}>
            <EntryRow
              entry={each}
              open={opened === each.id}
              onOpen={(open) => setOpened(open ? each.id : null)}
              onActor={onActor}
            />
          </li>
        ))}
      </ol>
      <div className="flex items-center gap-3 text-xs">
        {hasNextPage && (
          <Button size="small" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage
              ? "Loading…"
              : `Show more: ${entries.length.toLocaleString("en")} of ${total.toLocaleString("en")}`}
          </Button>
        )}
        <Link href={`/history/${run}`} className="text-accent-text hover:underline">
          The run
        </Link>
      </div>
    </div>
  );
}
