"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { useState } from "react";
import type { AuditEntry, AuditGroup } from "../../lib/protocol/audit.ts";
import { call } from "../live/api.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { actorInWords } from "./actor-words.ts";
import { apiQuery, type AuditFilter } from "./audit-filter.ts";
import { EntryRow } from "./entry-row.tsx";
import { groupInWords } from "./entry-words.ts";
import { RowHead } from "./row-head.tsx";

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
  const { name } = actorInWords(entry, useSideNames(entry.source ?? undefined));
  const words = groupInWords(group);
  const details = `audit-group-${entry.id}`;
  return (
    <article aria-label={`${name} ${words}`}>
      <RowHead
        entry={entry}
        words={
          <>
            <span>{words}</span>
            <span className="text-muted text-xs"> in one run</span>
          </>
        }
        icon={Layers}
        tone="accent"
        open={open}
        onOpen={onOpen}
        details={details}
      />
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
