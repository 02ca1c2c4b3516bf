"use client";

import type { PointerEvent } from "react";
import { columnsWithRoom, withWidth } from "./column-changes.ts";
import { columnStyle } from "./column-style.ts";
import { clampWidth, COLUMN_IDS, type Columns } from "./columns.ts";
import type { ListColumns } from "./use-columns.ts";

interface Props extends ListColumns {
  /** The column to the left of the edge. */
  id: string;
}

/**
 * The edge of a column, to drag; two presses give the column its share of the room again. The menu of columns does the same
 * with the keyboard, so the edge is no stop of the Tab key.
 */
export function ColumnEdge({ id: name, many, columns, list, onColumns }: Props) {
  const id = COLUMN_IDS.find((each) => each === name);
  if (id === undefined) return null;
  const shown = () => columns ?? columnsWithRoom(list.current?.clientWidth ?? 0, many);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const [edge, head] = [event.currentTarget, event.currentTarget.parentElement];
    if (event.button !== 0 || !head || !list.current) return;
    event.preventDefault();
    edge.setPointerCapture(event.pointerId);
    const [from, width, before, drawn] = [event.clientX, head.offsetWidth, shown(), list.current];
    let dragged: Columns = null;
    const onMove = (move: globalThis.PointerEvent) => {
      dragged = withWidth(before, id, clampWidth(width + move.clientX - from));
      applyColumns(drawn, dragged);
    };
    const onEnd = () => {
      edge.removeEventListener("pointermove", onMove);
      if (dragged !== null) onColumns(dragged);
    };
    edge.addEventListener("pointermove", onMove);
    edge.addEventListener("lostpointercapture", onEnd, { once: true });
  };
  return (
    <span
      aria-hidden
      data-edge={id}
      onPointerDown={onPointerDown}
      onDoubleClick={() => onColumns(withWidth(shown(), id, null))}
      className="hover:after:bg-accent after:bg-border absolute -inset-y-2 -right-3.5 flex w-4 cursor-col-resize touch-none items-center justify-center after:h-4 after:w-px"
    />
  );
}

/** Shows the widths at once, while a person still drags one. */
function applyColumns(list: HTMLElement, columns: NonNullable<Columns>): void {
  for (const [name, value] of Object.entries(columnStyle(columns) ?? {}))
    list.style.setProperty(name, String(value));
}
