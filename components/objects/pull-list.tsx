"use client";

import { Hourglass } from "lucide-react";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { LoadMore } from "../ui/load-more.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { PullRecord } from "./pull-record.tsx";
import { usePulls } from "./use-objects.ts";

interface Props {
  source: string;
  /** Only the newest pull. */
  last?: boolean;
  onLeave(): void;
}

/** The records of a source's pulls, newest first. */
export function PullList({ source, last = false, onLeave }: Props) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = usePulls(source);
  if (!data)
    return error ? (
      <ErrorState title="The pulls could not be loaded" error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows label="Loading the pulls" rows={4} />
    );
  const pulls = data.pages.flatMap((page) => page.pulls).slice(0, last ? 1 : undefined);
  if (pulls.length === 0)
    return (
      <EmptyState icon={Hourglass} title="It was never pulled">
        The first pull comes with the next run of {source}.
      </EmptyState>
    );
  return (
    // A stop of the Tab key, because otherwise the keyboard could not scroll a list without any button.
    <div
      role="group"
      aria-label={`Pulls of ${source}`}
      tabIndex={0}
      className="flex flex-col gap-3 rounded-lg"
    >
      {pulls.map((pull) => (
        <PullRecord key={pull.id} pull={pull} onLeave={onLeave} />
      ))}
      {!last && (
        <LoadMore
          what="older pulls"
          rest={hasNextPage}
          loading={isFetchingNextPage}
          onMore={() => void fetchNextPage()}
        />
      )}
    </div>
  );
}
