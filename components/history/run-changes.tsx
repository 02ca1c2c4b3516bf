"use client";

import { useMemo, useState } from "react";
import type { RunChange, RunSummary } from "../../lib/protocol/run.ts";
import { LazyYamlDiff } from "../code/lazy-yaml-diff.tsx";
import { plural } from "../shell/run-words.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { useIsOfObjects } from "../shell/use-of-objects.ts";
import { Button } from "../ui/button.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { ChangeCard } from "./change-card.tsx";
import { textsOf } from "./change-texts.ts";

type View = "fields" | "yaml" | "split";
const VIEWS: readonly { value: View; label: string }[] = [
  { value: "fields", label: "Fields" },
  { value: "yaml", label: "YAML" },
  { value: "split", label: "Side by side" },
];

interface RunChangesProps {
  /** The changes that have been fetched so far, out of `total`. */
  changes: readonly RunChange[];
  total: number;
  run: RunSummary;
  /** How to fetch more changes; false when all have been fetched. */
  more: false | { loading: boolean; load(): void };
}

/** Every change of a run: field by field, or as the lines of the file. */
export function RunChanges({ changes, total, run, more }: RunChangesProps) {
  const [view, setView] = useState<View>("fields");
  const names = useSideNames(run.source);
  const ofObjects = useIsOfObjects(run.source);
  const texts = useMemo(() => textsOf(changes), [changes]);
  if (changes.length === 0) {
    const why = run.halt
      ? "It stopped before changing anything."
      : run.outcome === "failed"
        ? "See its problems."
        : run.counts.conflicts > 0
          ? "What differs waits in the conflicts."
          : ofObjects
            ? "All objects were as they are stored."
            : "Both sides agreed already.";
    return (
      <p className="text-muted">
        This run changed no {ofObjects ? "object" : "task"}. {why}
      </p>
    );
  }
  return (
    <section aria-labelledby="changes" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="changes" className="font-semibold">
          {plural(total, "change")}
        </h2>
        {!ofObjects && (
          <div className="ml-auto">
            <Segmented
              label="How to show the changes"
              options={VIEWS}
              value={view}
              onValueChange={(next) => setView(next)}
            />
          </div>
        )}
      </div>
      {view === "fields" ? (
        <>
          {changes.map((change) => (
            <ChangeCard key={change.task_id} change={change} source={run.source} object={ofObjects} />
          ))}
        </>
      ) : texts === null ? (
        <p className="text-muted">
          The lines were not kept: the run changed too much at once, or {names.side} was first read in it.
        </p>
      ) : texts.before === texts.after ? (
        <NoLines names={names} />
      ) : (
        <div className="bg-surface max-h-[70vh] overflow-hidden rounded-lg border">
          <LazyYamlDiff
            before={texts.before}
            after={texts.after}
            label={`Changes in ${names.side}`}
            sideBySide={view === "split"}
          />
        </div>
      )}
      {more !== false && (
        <Button className="self-center" disabled={more.loading} onClick={more.load}>
          {more.loading
            ? "Loading…"
            : `Show more: ${changes.length.toLocaleString("en")} of ${total.toLocaleString("en")}`}
        </Button>
      )}
    </section>
  );
}

function NoLines({ names: { isFile, side } }: { names: SideNames }) {
  return (
    <p className="text-muted">
      {isFile ? "The file's lines" : `The tasks of ${side}`} did not change; only the database did.
    </p>
  );
}
