import type { Json } from "../../lib/json.ts";
import type { Side } from "../../lib/sync/types.ts";
import type { PickedFrom } from "./draft.ts";
import type { FieldRow } from "./field-rows.ts";
import { FoldedValue } from "./folded-value.tsx";
import { SideCell } from "./side-cell.tsx";

/** Which sides have the task. */
export interface HasTask {
  file: boolean;
  base: boolean;
  database: boolean;
}

interface Props {
  row: FieldRow;
  has: HasTask;
  origin: PickedFrom | undefined;
  mayResolve: boolean;
  onPick(side: Side): void;
}

/** The value on both sides, one of which may be picked, around the value that was last synced. */
export function FieldSides({ row, has, origin, mayResolve, onPick }: Props) {
  const { name, file, base, database } = row;
  const pickable = (side: Side) => mayResolve && has[side];
  const stop = origin === "database" || !pickable("file") ? "database" : "file";
  const cell = (side: Side, value: Json | undefined, other: Json | undefined) => (
    <SideCell
      side={side}
      value={value}
      against={has.base ? base : other}
      gone={!has[side]}
      chosen={origin === side || origin === "same"}
      disabled={!pickable(side)}
      tabIndex={stop === side ? 0 : -1}
      onChoose={() => onPick(side)}
    />
  );
  return (
    <div role="radiogroup" aria-label={name} className="contents">
      {cell("file", file, database)}
      <div className="min-w-0 px-2 py-1.5">
        <span className="text-muted block text-xs sm:sr-only">Last synced: </span>
        <FoldedValue value={base} gone={!has.base} />
      </div>
      {cell("database", database, file)}
    </div>
  );
}
