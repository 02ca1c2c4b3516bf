"use client";

import { ArrowLeft, Undo2 } from "lucide-react";
import { Link } from "../ui/link.tsx";
import { type ReactNode, useMemo, useState } from "react";
import type { RunSummary } from "../../lib/protocol/run.ts";
import { useMay } from "../shell/actor-context.tsx";
import { MissingRole } from "../shell/missing-role.tsx";
import { useIsOfObjects } from "../shell/use-of-objects.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { OUTCOME } from "../shell/run-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNote, ErrorState } from "../ui/error-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { HaltNotice } from "./halt-notice.tsx";
import { RunChanges } from "./run-changes.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunProblems } from "./run-problems.tsx";
import { triggerInWords } from "./trigger-words.ts";
import { UndoDialog } from "./undo-dialog.tsx";
import { useRun } from "./use-runs.ts";

/** One run: what it changed, why it stopped, and a button to undo it. */
export function RunPage({ id }: { id: string }) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRun(id);
  const [first] = data?.pages ?? [];
  const changes = useMemo(() => data?.pages.flatMap((page) => page.changes) ?? [], [data]);
  return (
    <>
      <div className="px-4 pt-3 sm:px-6">
        <Link href="/history" className="text-muted hover:text-text inline-flex items-center gap-1 text-xs">
          <ArrowLeft className="size-3.5" aria-hidden /> History
        </Link>
      </div>
      {first ? (
        <Loaded run={first.run} error={error}>
          <RunChanges
            changes={changes}
            total={first.total}
            run={first.run}
            more={hasNextPage && { loading: isFetchingNextPage, load: () => void fetchNextPage() }}
          />
        </Loaded>
      ) : isPending ? (
        <SkeletonRows label="Loading the run" />
      ) : (
        <ErrorState title="This run could not be loaded" error={error} onRetry={() => void refetch()}>
          <Link href="/history" className="text-accent-text underline">
            All runs
          </Link>
        </ErrorState>
      )}
    </>
  );
}

function Loaded({ run, error, children }: { run: RunSummary; error: Error | null; children: ReactNode }) {
  const [undoing, setUndoing] = useState(false);
  const { may, why } = useMay("admin");
  const { created, updated, deleted } = run.counts;
  const ofObjects = useIsOfObjects(run.source);
  const names = useSideNames(run.source);
  const undoable = !ofObjects && created + updated + deleted > 0;
  const outcome = OUTCOME[run.outcome];
  return (
    <>
      <PageHeader
        title={triggerInWords(run.trigger, names)}
        aside={
          undoable &&
          (may ? (
            <Button onClick={() => setUndoing(true)}>
              <Undo2 aria-hidden /> Undo this run…
            </Button>
          ) : (
            <MissingRole why={why && `Undoing it: ${why}`} />
          ))
        }
      >
        <Badge tone={outcome.tone} dot>
          {outcome.text}
        </Badge>
      </PageHeader>
      <div className="flex flex-col gap-5 px-4 pb-8 sm:px-6">
        {error && <ErrorNote error={error} />}
        <RunFacts run={run} />
        {run.halt && <HaltNotice halt={run.halt} />}
        <RunProblems problems={run.problems} source={run.source} file={!ofObjects} />
        {children}
      </div>
      {undoable && <UndoDialog run={run} open={undoing} onOpenChange={setUndoing} />}
    </>
  );
}
