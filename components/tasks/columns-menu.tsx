"use client";

import { Columns3, Minus, Plus } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Popover } from "../ui/popover.tsx";
import { columnsWithRoom, withColumn, withWidth } from "./column-changes.ts";
import { clampWidth, COLUMN_IDS, COLUMN_SPECS, type ColumnId, type Columns } from "./columns.ts";
import type { ListColumns } from "./use-columns.ts";

/** How much one press changes a width, in pixels. */
const STEP = 24;

/** Which columns the list shows, and how wide. It is made of ordinary controls, so the keyboard reaches each. */
export function ColumnsMenu({ many, columns, list, onColumns }: ListColumns) {
  return (
    <Popover
      label="Columns"
      className="!w-72"
      trigger={
        <Button>
          <Columns3 aria-hidden /> Columns
        </Button>
      }
    >
      <ColumnItems many={many} columns={columns} list={list} onColumns={onColumns} />
      <div className="mt-2 flex items-center justify-between gap-2 border-t pt-2">
        <p className="text-muted text-xs">Edges in the table’s head can be dragged too.</p>
        <Button size="small" disabled={columns === null} onClick={() => onColumns(null)}>
          Reset
        </Button>
      </div>
    </Popover>
  );
}

/** They are drawn when the menu opens, and then it is known how wide the list is. */
function ColumnItems({ many, columns, list, onColumns }: ListColumns) {
  const [room] = useState(() => columnsWithRoom(list.current?.clientWidth ?? 0, many));
  return (
    <ul className="flex flex-col">
      {COLUMN_IDS.filter((id) => many || id !== "source").map((id) => (
        <ColumnItem key={id} id={id} shown={columns ?? room} list={list} onColumns={onColumns} />
      ))}
    </ul>
  );
}

interface ItemProps extends Pick<ListColumns, "list" | "onColumns"> {
  id: ColumnId;
  shown: NonNullable<Columns>;
}

function ColumnItem({ id, shown, list, onColumns }: ItemProps) {
  const label = COLUMN_SPECS[id].label;
  const box = useId();
  const isShown = shown.some((column) => column.id === id);
  const widen = (by: number) => {
    const head = list.current?.querySelector(`[data-edge="${id}"]`)?.parentElement;
    onColumns(withWidth(shown, id, clampWidth((head?.offsetWidth ?? COLUMN_SPECS[id].least) + by)));
  };
  return (
    <li className="flex h-8 items-center gap-2.5">
      <Checkbox
        id={box}
        checked={isShown}
        // Without the task itself a row would tell nothing.
        disabled={id === "skill"}
        onCheckedChange={(on) => onColumns(withColumn(shown, id, on))}
      />
      <label htmlFor={box} className="flex-1 text-sm">
        {label}
      </label>
      {isShown && (
        <>
          <Button
            look="ghost"
            size="icon-small"
            aria-label={`${label} narrower`}
            onClick={() => widen(-STEP)}
          >
            <Minus />
          </Button>
          <Button look="ghost" size="icon-small" aria-label={`${label} wider`} onClick={() => widen(STEP)}>
            <Plus />
          </Button>
        </>
      )}
    </li>
  );
}
