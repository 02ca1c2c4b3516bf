"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import type { JsonMap } from "../../lib/json.ts";
import type { ShownConflict, ShownPreview } from "../../lib/protocol/conflict.ts";
import { diffMaps } from "../../lib/sync/diff.ts";
import { fieldName } from "../../lib/sync/path.ts";
import { fieldRank } from "../../lib/task/fields.ts";
import { useNames } from "../shell/use-side-names.ts";
import { ErrorNote } from "../ui/error-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { isAboutDeletion, type Progress } from "./draft.ts";
import { withoutIdentity } from "./field-rows.ts";
import { LineDiff } from "./line-diff-view.tsx";
import { FoldedValue } from "./folded-value.tsx";
import type { Preview } from "./use-preview.ts";

/** The lines and the row that the decisions so far would write; dimmed while the server works out new ones. */
export function Outcome({
  conflict,
  preview,
  progress,
}: {
  conflict: ShownConflict;
  preview: Preview;
  progress: Progress;
}) {
  const { side } = useNames();
  const { data, error } = preview;
  const refused = data?.refused;
  const isLoading = data === undefined && !error && !isUndecidedDeletion(conflict, progress);
  return (
    <section aria-label="What will be written">
      <h3 className="mt-1 mb-2 text-sm font-semibold">
        {progress.done ? "What will be written" : "The result so far"}
      </h3>
      <p className="text-muted mb-3 text-sm">{explained(conflict, progress, preview, side)}</p>
      {error && <ErrorNote error={error} />}
      {refused && <ErrorNote error={new Error(refused.message)} />}
      {isLoading && <Skeleton className="h-24 w-full" />}
      {data && !error && !refused && (
        <div
          className={clsx("transition-opacity", !preview.current && "opacity-50")}
          aria-busy={!preview.current}
        >
          <BothSides conflict={conflict} preview={data} />
        </div>
      )}
    </section>
  );
}

function isUndecidedDeletion(conflict: ShownConflict, { done }: Progress): boolean {
  return isAboutDeletion(conflict) && !done;
}

function explained(conflict: ShownConflict, progress: Progress, { current }: Preview, side: string): string {
  if (isUndecidedDeletion(conflict, progress)) return "Decide whether the task is kept or deleted.";
  if (!current) return "Working it out…";
  if (progress.done) return "Apply writes exactly this.";
  const { open } = progress;
  const [they, them] = open.length === 1 ? ["it stays", "it"] : ["they stay", "them"];
  return `Until you decide ${open.join(", ")}, ${they} here as ${side} has ${them}.`;
}

function BothSides({
  conflict,
  preview: { task, file },
}: {
  conflict: ShownConflict;
  preview: ShownPreview;
}) {
  const { heading, isFile } = useNames();
  const line = file.line === null || !isFile ? "" : `, line ${file.line}`;
  return (
    <div className="flex flex-col gap-4">
      <Half
        title={`${heading}${line}`}
        note={
          file.after === null && file.before !== null
            ? "is deleted"
            : file.before === file.after
              ? "stays as it is"
              : undefined
        }
      >
        <LineDiff
          before={file.before}
          after={file.after}
          firstLine={file.line ?? 1}
          label={isFile ? "Lines of the task in the YAML file" : `The task in ${heading}, as YAML`}
        />
      </Half>
      <Half title="Database row" note={rowNote(conflict.database_data, task)}>
        <RowDiff before={conflict.database_data} after={task} />
      </Half>
    </div>
  );
}

function Half({ title, note, children }: { title: string; note: string | undefined; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-xs font-medium">
        {title} {note !== undefined && <span className="text-muted font-normal">· {note}</span>}
      </h4>
      {children}
    </div>
  );
}

function rowNote(before: JsonMap | null, after: JsonMap | null): string | undefined {
  if (before === null) return after === null ? "stays deleted" : "is created";
  if (after === null) return "is deleted";
  return diffMaps(withoutIdentity(before), withoutIdentity(after)).length === 0
    ? "stays as it is"
    : undefined;
}

/** The resulting row, field by field; a changed field shows both values. */
function RowDiff({ before, after }: { before: JsonMap | null; after: JsonMap | null }) {
  const was = withoutIdentity(before ?? {});
  const is = withoutIdentity(after ?? {});
  const changes = diffMaps(was, is).sort((a, b) => fieldRank(a.path[0] ?? "") - fieldRank(b.path[0] ?? ""));
  const changed = new Set(changes.map(({ path }) => path[0]));
  const rest = Object.entries(after === null ? {} : is).filter(([key]) => !changed.has(key));
  return (
    <dl
      className="bg-surface grid gap-x-3 sm:grid-cols-[minmax(6rem,auto)_1fr] gap-y-1 overflow-x-auto rounded-md border p-2"
      tabIndex={0}
      aria-label="The database row that results"
    >
      {changes.map(({ path, before: old, after: fresh }) => (
        <Entry key={fieldName(path)} name={fieldName(path)}>
          {before !== null && (
            <span className="block line-through decoration-1">
              <FoldedValue value={old} against={fresh} tone="old" />
            </span>
          )}
          {after !== null && <FoldedValue value={fresh} against={before === null ? undefined : old} />}
        </Entry>
      ))}
      {rest.map(([key, value]) => (
        <Entry key={key} name={key} muted>
          <FoldedValue value={value} />
        </Entry>
      ))}
      {after === null && before === null && <p className="text-muted sm:col-span-2">No row.</p>}
    </dl>
  );
}

function Entry({ name, muted = false, children }: { name: string; muted?: boolean; children: ReactNode }) {
  return (
    <div className={clsx("contents", muted && "[&_*]:text-muted")}>
      <dt className="font-mono text-[13px] leading-5">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
