"use client";

import { History } from "lucide-react";
import { Link } from "../ui/link.tsx";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote, ErrorState } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { NO_FILTER } from "./audit-filter.ts";
import { EntryRow } from "./entry-row.tsx";
import { useAudit } from "./use-audit.ts";

/** What happened to one task: who changed which fields, its conflicts, and the runs that synced it. */
export function TaskHistory({ id, source }: { id: string; source: string }) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useAudit({
    ...NO_FILTER,
    task: id,
    source,
  });
  const [opened, setOpened] = useState<string | null>(null);
  if (isPending) return <SkeletonRows label="Loading the history" />;
  if (!data)
    return (
      <ErrorState title="The history could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  const entries = data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) {
    return (
      <EmptyState icon={History} title="The history of this task is no longer kept">
        Old entries are deleted after a while; the task itself stays.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {error && <ErrorNote error={error} />}
      <ol className="divide-y overflow-hidden rounded-lg border">
        {entries.map((entry) => (
          <li key={entry.id}>
            <EntryRow
              entry={entry}
              open={opened === entry.id}
              onOpen={(open) => setOpened(open ? entry.id : null)}
            />
          </li>
        ))}
      </ol>
      <div className="flex items-center justify-between text-xs">
        {hasNextPage ? (
          <Button
            look="ghost"
            size="small"
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {isFetchingNextPage ? "Loading…" : "Show older entries"}
          </Button>
        ) : (
          <p className="text-muted">End of list</p>
        )}
        <Link href={`/audit?task=${encodeURIComponent(id)}`} className="text-accent-text hover:underline">
          In the audit
        </Link>
      </div>
    </div>
  );
}
