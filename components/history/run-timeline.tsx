"use client";

import { History } from "lucide-react";
import type { HistoryJson } from "../../lib/protocol/run.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote, ErrorState } from "../ui/error-state.tsx";
import { LoadMore } from "../ui/load-more.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useNow } from "../ui/page-clock.ts";
import { byDay, dayInWords } from "./by-day.ts";
import { RunRow } from "./run-row.tsx";
import { type RunFilter, useRuns } from "./use-runs.ts";

/** Runs by day; scrolling down loads older runs. */
export function RunTimeline({
  filter,
  first,
  onClearFilter,
}: {
  filter: RunFilter;
  first: HistoryJson;
  onClearFilter(): void;
}) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useRuns(
    filter,
    first,
  );
  const now = useNow();
  if (isPending) return <SkeletonRows label="Loading runs" rows={8} />;
  if (!data)
    return <ErrorState title="The runs could not be loaded" error={error} onRetry={() => void refetch()} />;
  const runs = data.pages.flatMap((page) => page.runs);
  if (runs.length === 0) {
    const filtered = filter.outcome !== "all" || filter.trigger !== "all" || filter.source !== undefined;
    return (
      <EmptyState
        icon={History}
        title={filtered ? "No run fits the filter" : "Nothing has run yet"}
        action={filtered ? <Button onClick={onClearFilter}>Show every run</Button> : undefined}
      >
        {filtered
          ? "Automatic runs that find nothing to do are not kept."
          : "The first run comes when a worker starts."}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {error && <ErrorNote error={error} />}
      {byDay(runs).map(({ day, runs: ofDay }) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2
            id={`day-${day}`}
            className="bg-background text-muted sticky top-0 z-10 py-1.5 text-xs font-semibold"
          >
            {dayInWords(day, now)}
          </h2>
          <ol className="bg-surface divide-y overflow-hidden rounded-lg border">
            {ofDay.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </ol>
        </section>
      ))}
      <LoadMore
        what="older runs"
        rest={hasNextPage}
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
      />
    </div>
  );
}
