"use client";

import { useQuery } from "@tanstack/react-query";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { useNames } from "../shell/use-side-names.ts";
import { ErrorNote } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { loadTexts, type Text } from "./load-texts.ts";
import { useClosedMeanwhile } from "./use-closed-meanwhile.ts";
import { markTokens } from "./word-diff.ts";

/** The task's lines in the file, as they were last synced, and as the database's version would stand in the file. */
export function ThreeTexts({ conflict, mayPreview }: { conflict: ShownConflict; mayPreview: boolean }) {
  const { conflict_id, revision } = conflict;
  const { side, Side, heading, isFile } = useNames();
  const closed = useClosedMeanwhile(conflict_id);
  const texts = useQuery({
    queryKey: ["conflicts", "texts", conflict_id, revision, mayPreview],
    queryFn: () => loadTexts(conflict, mayPreview),
    enabled: !closed,
  });
  if (texts.error) return <ErrorNote error={texts.error} />;
  if (!texts.data) return <SkeletonRows rows={4} label="Loading the text" />;
  const { file, base, database } = texts.data;
  return (
    <div className="grid gap-3 md:grid-cols-3 lg:grid-cols-1">
      <Pane name={heading} text={file} against={base} missing={`${Side} does not have the task.`} />
      <Pane name="Last synced" text={base} against={null} missing="The sides never agreed on this task." />
      <Pane
        name={`Database, as it would stand in ${isFile ? side : "YAML"}`}
        text={database}
        against={base}
        missing="The database does not have the task."
      />
    </div>
  );
}

interface PaneProps {
  name: string;
  text: Text | null;
  /** The text with which the lines are compared; null: no line is marked. */
  against: Text | null;
  missing: string;
}

function Pane({ name, text, against, missing }: PaneProps) {
  return (
    <section aria-label={name} className="flex min-w-0 flex-col">
      <h3 className="pb-1 text-xs font-medium">{name}</h3>
      {text === null ? (
        <p className="text-muted bg-surface rounded-md border p-2 text-sm">{missing}</p>
      ) : (
        <div
          tabIndex={0}
          role="region"
          aria-label={`${name}: lines of the task`}
          className="bg-surface flex-1 overflow-x-auto rounded-md border py-1 font-mono text-[12.5px] leading-5"
        >
          <ol className="w-max min-w-full">
            {markTokens(text.lines, against?.lines ?? null).map(({ text: line, changed }, i) => (
              <li key={i} className={changed ? "bg-accent-soft text-accent-text flex pr-3" : "flex pr-3"}>
                <span className="text-muted w-10 shrink-0 pr-2 text-right select-none" aria-hidden>
                  {text.firstLine === null ? "" : text.firstLine + i}
                </span>
                <span className="whitespace-pre">
                  {changed && <span className="sr-only">changed: </span>}
                  {line}
                </span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}
