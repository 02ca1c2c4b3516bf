"use client";

import { History } from "lucide-react";
import { useSides } from "../shell/use-side-names.ts";
import { Badge } from "../ui/badge.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { LoadMore } from "../ui/load-more.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { conflictName } from "./conflict-name.ts";
import { Ending } from "./over-dialog.tsx";
import { useClosedConflicts } from "./use-conflicts.ts";
import { kindOf } from "./words.ts";

/** The list of past conflicts, newest first. */
export function ClosedList({
  source,
  several,
  onOpen,
}: {
  source: string | undefined;
  several: boolean;
  onOpen(id: string): void;
}) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useClosedConflicts(source);
  const sides = useSides();
  if (data === undefined && error)
    return (
      <ErrorState
        title="The past conflicts could not be loaded"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  if (data === undefined) return <SkeletonRows label="Loading past conflicts" />;
  const conflicts = data.pages.flatMap((page) => page.conflicts);
  if (conflicts.length === 0) {
    return (
      <EmptyState icon={History} title="No conflict has been resolved yet">
        This list will show how each conflict ended, and who decided it.
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label="Past conflicts">
        {conflicts.map((conflict) => (
          <li key={conflict.conflict_id} className="hover:bg-hover border-b last:border-b-0">
            <button
              type="button"
              onClick={() => onOpen(conflict.conflict_id)}
              className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-left sm:px-6"
            >
              <span className="font-medium">{conflictName(conflict)}</span>
              <span className="text-muted">Task {conflict.task_id}</span>
              {several && <Badge>{conflict.source}</Badge>}
              <Badge>{kindOf(conflict.kind, sides(conflict.source))}</Badge>
              <span className="font-mono text-[13px]">{conflict.fields.slice(0, 4).join(", ")}</span>
              <span className="text-muted ml-auto text-xs">
                <Ending conflict={conflict} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <LoadMore
        what="older conflicts"
        rest={hasNextPage}
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
      />
    </>
  );
}
