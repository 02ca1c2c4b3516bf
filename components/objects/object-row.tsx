"use client";

import clsx from "clsx";
import { ChevronRight, CircleAlert } from "lucide-react";
import { memo } from "react";
import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { FreshnessBadge, freshnessOf } from "./freshness.tsx";
import { objectName } from "./object-name.ts";
import type { ObjectRow, RestRow } from "./object-tree.ts";

/** Widths on a wide screen; a phone shows an object in two lines. */
export const WIDTHS =
  "flex items-center gap-3 md:grid md:grid-cols-[minmax(14rem,1fr)_9rem_5rem_7rem_7rem] lg:grid-cols-[minmax(18rem,1fr)_11rem_6rem_8rem_9rem]";

/** The space in front of a row, by its level. */
const INDENT = ["pl-0", "pl-5", "pl-10", "pl-15", "pl-20", "pl-25", "pl-30"];
const indentOf = (level: number) => INDENT[Math.min(level, INDENT.length) - 1];

interface Props {
  row: ObjectRow;
  id: string;
  index: number;
  active: boolean;
  onToggle(row: ObjectRow, open: boolean): void;
  onOpen(row: ObjectRow, index: number): void;
}

function ObjectRowView({ row, id, index, active, onToggle, onOpen }: Props) {
  const { object, open, level, place, siblings } = row;
  const name = objectName(object.data, object.external_id);
  return (
    <div
      role="row"
      id={id}
      data-object={object.external_id}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={open ?? undefined}
      onClick={() => onOpen(row, index)}
      className={clsx(
        "hover:bg-hover h-full cursor-pointer border-b px-4 sm:px-6",
        WIDTHS,
        active && "bg-accent-soft",
        object.deleted_at !== null && "text-muted",
      )}
    >
      <div role="gridcell" className={clsx("flex min-w-0 flex-1 items-center gap-1.5", indentOf(level))}>
        <Fold row={row} onToggle={onToggle} />
        <div className="min-w-0 md:flex md:items-baseline md:gap-2">
          <p className={clsx("truncate font-medium", object.deleted_at !== null && "line-through")}>
            {name ?? object.external_id}
          </p>
          <p className="text-muted truncate text-xs">
            {name !== null && <span className="font-mono">{object.external_id}</span>}
            <span className="md:hidden">
              {name !== null && " · "}
              {object.type}
            </span>
          </p>
        </div>
      </div>
      <div role="gridcell" className="text-muted hidden truncate md:block">
        {object.type}
      </div>
      <div role="gridcell" className="text-muted hidden pr-4 text-right tabular-nums md:block">
        {object.children === 0 ? "" : object.children.toLocaleString("en")}
      </div>
      <div role="gridcell" className="shrink-0">
        <FreshnessBadge of={freshnessOf(object)} />
      </div>
      <div role="gridcell" className="text-muted hidden truncate text-xs md:block">
        <Time at={object.changed_at} />
      </div>
    </div>
  );
}

/** Opens and closes a row with the pointer; on the keyboard the arrows do. */
function Fold({ row, onToggle }: Pick<Props, "row" | "onToggle">) {
  if (row.open === null) return <span aria-hidden className="w-6 shrink-0" />;
  const opened = row.open;
  return (
    <span
      aria-hidden
      data-fold
      onClick={(event) => {
        event.stopPropagation();
        onToggle(row, !opened);
      }}
      className="text-muted hover:text-text hover:bg-border -my-1 flex size-6 shrink-0 cursor-pointer items-center justify-center rounded"
    >
      <ChevronRight className={clsx("size-4 transition-transform", opened && "rotate-90")} />
    </span>
  );
}

/** A row is drawn again only when its object or its look changes. */
export const MemoObjectRow = memo(
  ObjectRowView,
  (a, b) =>
    a.row.object === b.row.object &&
    a.row.open === b.row.open &&
    a.row.level === b.row.level &&
    a.row.siblings === b.row.siblings &&
    a.index === b.index &&
    a.active === b.active &&
    a.onToggle === b.onToggle &&
    a.onOpen === b.onOpen,
);

interface RestProps {
  row: RestRow;
  id: string;
  index: number;
  error: Error | undefined;
  onRetry(): void;
}

/** Stands where a page of objects is being loaded, or could not be. */
export function RestRowView({ row, id, index, error, onRetry }: RestProps) {
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-level={row.level}
      className="flex h-full items-center border-b px-4 sm:px-6"
    >
      <div role="gridcell" className={clsx("flex w-full items-center gap-2 pr-2", indentOf(row.level))}>
        {error ? (
          <span role="alert" className="text-bad-text flex min-w-0 items-center gap-2 pl-7 text-xs">
            <CircleAlert className="size-4 shrink-0" aria-hidden />
            <span className="truncate">{error.message}</span>
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          </span>
        ) : (
          <>
            <span className="sr-only">Loading more objects</span>
            <Skeleton className="ml-7 h-4 w-48 max-w-full" />
          </>
        )}
      </div>
    </div>
  );
}
