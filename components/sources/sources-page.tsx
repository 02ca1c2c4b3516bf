"use client";

import { SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useDeferredValue, useMemo, useState } from "react";
import type { SourceJson, SourceListJson } from "../../lib/protocol/source.ts";
import { useMay } from "../shell/actor-context.tsx";
import { plural } from "../shell/run-words.ts";
import { pushSearch } from "../shell/search-params.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Input } from "../ui/field.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { WhatIs } from "../help/what-is.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { FileProblems } from "./file-problems.tsx";
import { RoundStrip } from "./round-strip.tsx";
import { type SourceActions, SourceActionsContext } from "./source-actions.tsx";
import { SourcePanel } from "./source-panel.tsx";
import { SourceTable } from "./source-table.tsx";
import { useRound } from "./use-round.ts";
import { useSourceEdit, useSources } from "./use-sources.ts";

const SourceGraph = dynamic(
  loadAgain(() => import("./source-graph.tsx").then((module) => module.SourceGraph)),
  { ssr: false, loading: () => <SkeletonRows label="Drawing the graph" rows={6} /> },
);

type Shape = "table" | "graph";
const SHAPES: readonly { value: Shape; label: string }[] = [
  { value: "table", label: "Table" },
  { value: "graph", label: "Graph" },
];

/** All sources, with their state, their interval and their dependencies. */
export function SourcesPage({ first }: { first: SourceListJson }) {
  const { data, error } = useSources(first);
  const search = useSearchParams();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const { round, start, close } = useRound();
  const actions = useActions(start);
  const shape: Shape = search.get("view") === "graph" ? "graph" : "table";
  const openId = search.get("open");
  const { sources, files, auto_sync: auto } = data ?? first;
  const shown = useMemo(
    () =>
      wanted === ""
        ? sources
        : sources.filter((source) => `${source.id}\n${source.path}`.toLowerCase().includes(wanted)),
    [sources, wanted],
  );
  return (
    <SourceActionsContext value={actions}>
      <div className="flex min-h-0 flex-1 flex-col">
        <PageHeader
          title="Sources"
          aside={
            <Segmented
              label="How to show them"
              options={SHAPES}
              value={shape}
              onValueChange={(next) => pushSearch({ view: next === "graph" ? next : null })}
            />
          }
        >
          <p className="text-muted tabular-nums">{summary(sources)}</p>
          <WhatIs idea="source">What is a source?</WhatIs>
        </PageHeader>
        <SourceSearch text={text} onText={setText} auto={auto} />
        {error && (
          <div className="px-4 pb-3 sm:px-6">
            <ErrorNote error={error} />
          </div>
        )}
        <FileProblems files={files} />
        {round && <RoundStrip round={round} onClose={close} />}
        {shape === "graph" ? (
          <SourceGraph sources={shown} />
        ) : (
          <SourceTable sources={shown} auto={auto} empty={<NoSources none={sources.length === 0} />} />
        )}
        {openId !== null && (
          <SourcePanel id={openId} all={sources} auto={auto} onClose={() => pushSearch({ open: null })} />
        )}
      </div>
    </SourceActionsContext>
  );
}

/** The actions that the table, the graph and the panel offer for a source. */
function useActions(start: ReturnType<typeof useRound>["start"]): SourceActions {
  const { mutateAsync } = useSourceEdit();
  const { why: editWhy } = useMay("admin");
  const { why: runWhy } = useMay("editor");
  return useMemo(
    (): SourceActions => ({
      editWhy,
      runWhy,
      edit: (source, patch) =>
        mutateAsync({ source, patch }).then(
          () => null,
          (refused: Error) => refused.message,
        ),
      run: (source, cascade) => start({ source: source.id, cascade }),
      open: (id) => pushSearch({ open: id }),
    }),
    [editWhy, runWhy, mutateAsync, start],
  );
}

interface SourceSearchProps {
  text: string;
  onText(text: string): void;
  auto: boolean;
}

function SourceSearch({ text, onText, auto }: SourceSearchProps) {
  return (
    <div className="flex flex-wrap items-center gap-3 px-4 pb-3 sm:px-6">
      <Input
        type="search"
        value={text}
        onChange={(event) => onText(event.target.value)}
        placeholder="Find a source"
        aria-label="Find a source"
        className="!w-full sm:!w-72"
      />
      {!auto && (
        <p className="text-warn-text text-xs font-medium">
          Automatic sync is off for all sources: a source syncs only when a person asks for it.
        </p>
      )}
    </div>
  );
}

function NoSources({ none }: { none: boolean }) {
  return (
    <EmptyState icon={SearchX} title={none ? "There is no source yet" : "No source has that name"}>
      {none ? "The first source appears when a worker starts." : "The search looks in names and paths."}
    </EmptyState>
  );
}

function summary(sources: readonly SourceJson[]): string {
  const live = sources.filter((source) => source.removed_at === null);
  const stale = live.filter((source) => source.stale).length;
  const removed = sources.length - live.length;
  return [
    String(live.length),
    stale > 0 ? `${stale} stale` : "",
    removed > 0 ? `${plural(removed, "source")} removed` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}
