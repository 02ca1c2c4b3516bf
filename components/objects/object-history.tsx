"use client";

import type { ObjectHistoryJson } from "../../lib/protocol/object.ts";
import { FieldDiffs } from "../history/field-diffs.tsx";
import { Badge, type Tone } from "../ui/badge.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { LoadMore } from "../ui/load-more.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { Data } from "./json-view.tsx";
import { useObjectHistory } from "./use-objects.ts";

type Change = ObjectHistoryJson["changes"][number];

const ACTION: Record<Change["action"], { text: string; tone: Tone }> = {
  create: { text: "Created", tone: "ok" },
  update: { text: "Changed", tone: "accent" },
  delete: { text: "Deleted", tone: "bad" },
};

/** Each change of an object with its fields before and after, newest first. */
export function ObjectHistory({ id }: { id: string }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useObjectHistory(id);
  if (!data)
    return error ? (
      <ErrorState title="The history could not be loaded" error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows label="Loading the history" />
    );
  const changes = data.pages.flatMap((page) => page.changes);
  if (changes.length === 0) return <p className="text-muted">Its changes are older than the kept history.</p>;
  return (
    <div className="flex flex-col gap-3">
      {changes.map((change) => (
        <OneChange key={`${change.run_id} ${change.at}`} change={change} />
      ))}
      <LoadMore
        what="earlier changes"
        rest={hasNextPage}
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
      />
    </div>
  );
}

function OneChange({ change: { action, at, before, after, diff } }: { change: Change }) {
  const { text, tone } = ACTION[action];
  return (
    <article aria-label={`${text} ${at}`} className="bg-surface overflow-hidden rounded-lg border">
      <header className="flex items-center gap-2 border-b px-3 py-2">
        <Badge tone={tone}>{text}</Badge>
        <span className="text-muted ml-auto text-xs">
          <Time at={at} show="both" />
        </span>
      </header>
      {action === "update" ? (
        <FieldDiffs diffs={diff} />
      ) : (
        <div className="px-3 py-2">
          {action === "delete" && <p className="text-muted mb-1 text-xs">As it was last seen:</p>}
          <Data data={after ?? before} label={action === "delete" ? "Last seen as" : "Created as"} />
        </div>
      )}
    </article>
  );
}
