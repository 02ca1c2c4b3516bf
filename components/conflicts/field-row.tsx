"use client";

import { Pencil } from "lucide-react";
import { Fragment, type ReactNode, useRef, useState } from "react";
import type { Json } from "../../lib/json.ts";
import type { FieldChoice } from "../../lib/sync/types.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import type { PickedFrom } from "./draft.ts";
import type { FieldRow as Row } from "./field-rows.ts";
import { focusRow } from "./focus-row.ts";
import { MarkedValue } from "./marked-value.tsx";
import { SideCell } from "./side-cell.tsx";
import { ValueEditor } from "./value-editor.tsx";

interface Props {
  row: Row;
  /** Which sides have the task. */
  has: { file: boolean; base: boolean; database: boolean };
  origin: PickedFrom | undefined;
  /** The value that the field will have; undefined when it is not known or absent. */
  outcome: Json | undefined;
  mayResolve: boolean;
  onPick(choice: FieldChoice): void;
}

const STATE = {
  conflict: "conflict",
  file: "changed in YAML",
  database: "changed in database",
  both: "changed alike",
  equal: "the same",
} as const;

/**
 * One field with its value in YAML, at the last sync, and in the database. A person picks a side or writes a
 * value.
 */
export function FieldRow({ row, has, origin, outcome, mayResolve, onPick }: Props) {
  const [editing, setEditing] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const stopEditing = () => {
    // The editor has the focus and is about to close, so the focus moves to where the arrow keys work.
    focusRow(root.current);
    setEditing(false);
  };
  const { name, file, database } = row;
  return (
    <div
      ref={root}
      className="grid gap-2 border-b py-2 last:border-b-0 sm:grid-cols-[11rem_1fr_1fr_1fr]"
      data-field={name}
    >
      <FieldHead
        row={row}
        onEdit={mayResolve && (has.file || has.database) && !editing ? () => setEditing(true) : undefined}
      />
      <FieldSides row={row} has={has} origin={origin} mayResolve={mayResolve} onPick={onPick} />
      {editing && (
        <div className="sm:col-span-3 sm:col-start-2">
          <ValueEditor
            name={name}
            start={outcome ?? file ?? database}
            onCancel={stopEditing}
            onDone={(value) => {
              stopEditing();
              onPick({ value });
            }}
          />
        </div>
      )}
      {!editing && origin === "value" && (
        <div className="border-accent bg-accent-soft rounded-md border px-2 py-1.5 sm:col-span-3 sm:col-start-2">
          <span className="text-accent-text text-xs font-medium">Will be: </span>
          <MarkedValue value={outcome} />
        </div>
      )}
    </div>
  );
}

/** The field's name and state; `onEdit` is undefined when its value cannot be edited. */
function FieldHead({
  row: { name, state, runtime },
  onEdit,
}: {
  row: Row;
  onEdit: (() => void) | undefined;
}) {
  return (
    <div className="flex min-w-0 items-start gap-1">
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-1 pt-1 sm:flex-col">
        <span className="font-mono text-[13px] leading-5 font-medium break-words">{broken(name)}</span>
        <span className="flex flex-wrap gap-1">
          <Badge tone={state === "conflict" ? "warn" : "neutral"}>{STATE[state]}</Badge>
          {runtime && (
            <Badge title="Reported by the executor of the task; a merge takes the database's value">
              runtime
            </Badge>
          )}
        </span>
      </div>
      {onEdit && (
        <Button
          size="icon-small"
          look="ghost"
          className="text-muted"
          aria-label={`Edit the value of ${name}`}
          title="Edit the value"
          onClick={onEdit}
        >
          <Pencil />
        </Button>
      )}
    </div>
  );
}

/** The value on both sides, one of which may be picked, around the value that was last synced. */
function FieldSides({ row, has, origin, mayResolve, onPick }: Omit<Props, "outcome">) {
  const { name, file, base, database } = row;
  const pickable = (side: "file" | "database") => mayResolve && has[side];
  const stop = origin === "database" || !pickable("file") ? "database" : "file";
  const cell = (side: "file" | "database", value: Json | undefined, other: Json | undefined) => (
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
        <MarkedValue value={base} gone={!has.base} />
      </div>
      {cell("database", database, file)}
    </div>
  );
}

/** Lets a long name break only behind a dot or an underscore. */
function broken(name: string): ReactNode {
  return name.split(/(?<=[._])/).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
