"use client";

import clsx from "clsx";
import { type ReactNode, useEffect, useRef } from "react";
import type { JsonMap } from "../../lib/json.ts";
import type { ShownConflict, ShownPreview } from "../../lib/protocol/conflict.ts";
import { diffMaps } from "../../lib/sync/diff.ts";
import { fieldName } from "../../lib/sync/path.ts";
import { fieldRank } from "../../lib/task/fields.ts";
import { ErrorNote } from "../ui/error-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { withoutIdentity } from "./field-rows.ts";
import { LineDiff } from "./line-diff-view.tsx";
import { MarkedValue } from "./marked-value.tsx";
import type { Preview } from "./use-preview.ts";

/** The lines and the row that applying would write; dimmed while they belong to the previous choice. */
export function OutcomePreview({
  conflict,
  preview,
  chosen,
}: {
  conflict: ShownConflict;
  preview: Preview;
  chosen: boolean;
}) {
  const section = useRef<HTMLElement>(null);
  const shown = chosen && preview.data !== undefined;
  useEffect(() => {
    if (shown) section.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [shown]);
  return (
    <section ref={section} aria-labelledby="outcome-title" className="mt-4 border-t pt-3">
      <h3 id="outcome-title" className="mb-2 text-sm font-semibold">
        What will be written
      </h3>
      {!chosen && (
        <p className="text-muted text-sm">
          Choose for the whole task below, or pick field by field, to see exactly what will be written.
        </p>
      )}
      {chosen && preview.error && <ErrorNote error={preview.error} />}
      {chosen && !preview.error && preview.data === undefined && <Skeleton className="h-24 w-full" />}
      {chosen && preview.data && (
        <div
          className={clsx("transition-opacity", !preview.current && "opacity-50")}
          aria-busy={!preview.current}
        >
          <Outcome conflict={conflict} preview={preview.data} />
        </div>
      )}
    </section>
  );
}

function Outcome({
  conflict,
  preview: { task, file, refused },
}: {
  conflict: ShownConflict;
  preview: ShownPreview;
}) {
  if (refused) return <ErrorNote error={new Error(refused.message)} />;
  const line = file.line === null ? "" : `, line ${file.line}`;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Half title={`YAML file${line}`} note={file.before === file.after ? "stays as it is" : undefined}>
        <LineDiff
          before={file.before}
          after={file.after}
          firstLine={file.line ?? 1}
          label="Lines of the task in the YAML file"
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
      className="bg-surface grid max-h-72 gap-x-3 sm:grid-cols-[minmax(6rem,auto)_1fr] gap-y-1 overflow-auto rounded-md border p-2"
      tabIndex={0}
      aria-label="The database row that results"
    >
      {changes.map(({ path, before: old, after: fresh }) => (
        <Entry key={fieldName(path)} name={fieldName(path)}>
          {before !== null && (
            <span className="block line-through decoration-1">
              <MarkedValue value={old} against={fresh} tone="old" />
            </span>
          )}
          {after !== null && <MarkedValue value={fresh} against={before === null ? undefined : old} />}
        </Entry>
      ))}
      {rest.map(([key, value]) => (
        <Entry key={key} name={key} muted>
          <MarkedValue value={value} />
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
