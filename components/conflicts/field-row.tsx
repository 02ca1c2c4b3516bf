"use client";

import { useRef, useState } from "react";
import type { Json } from "../../lib/json.ts";
import type { FieldChoice } from "../../lib/sync/types.ts";
import type { PickedFrom } from "./draft.ts";
import { FieldHead } from "./field-head.tsx";
import { type FieldRow as Row, mayHoldBoth } from "./field-rows.ts";
import { FieldSides, type HasTask } from "./field-sides.tsx";
import { focusRow } from "./focus-row.ts";
import { FoldedValue } from "./folded-value.tsx";
import { proposeBoth } from "./propose-both.ts";
import { ValueEditor } from "./value-editor.tsx";

interface Props {
  row: Row;
  has: HasTask;
  origin: PickedFrom | undefined;
  /** What was picked for the field before; undefined when nothing was. */
  picked: FieldChoice | undefined;
  /** The value that the field will have; undefined when it is not known or absent. */
  outcome: Json | undefined;
  mayResolve: boolean;
  onPick(choice: FieldChoice): void;
  /** Says why the text that is being typed is no value yet. */
  onUnreadable(why: string): void;
  onRestore(before: FieldChoice | undefined): void;
}

/**
 * One field with its value in YAML, at the last sync, and in the database. A person picks a side, takes a proposal
 * that keeps both, or writes a value; what stands in the editor counts.
 */
export function FieldRow({ row, has, origin, picked, outcome, mayResolve, onPick, ...typing }: Props) {
  /** The value that the editor began with, and what was picked until then. */
  const [editing, setEditing] = useState<{ start: Json | undefined; before: FieldChoice | undefined } | null>(
    null,
  );
  const root = useRef<HTMLDivElement>(null);
  const { name, file, base, database } = row;
  const both = mayResolve && mayHoldBoth(row) ? proposeBoth(base, file, database) : undefined;
  const edit = (start: Json | undefined) => setEditing({ start, before: picked });
  const stopEditing = () => {
    // The editor has the focus and is about to close, so the focus moves to where the arrow keys work.
    focusRow(root.current);
    setEditing(null);
  };
  const isEditable = mayResolve && (has.file || has.database) && editing === null;
  return (
    <div
      ref={root}
      className="grid gap-2 border-b py-2 last:border-b-0 sm:grid-cols-[10rem_1fr_1fr_1fr]"
      data-field={name}
    >
      <FieldHead
        row={row}
        isOpen={mayResolve && has.file && has.database && row.state === "conflict" && origin === undefined}
        onEdit={isEditable ? () => edit(outcome ?? file ?? database) : undefined}
        onBoth={
          isEditable && both !== undefined
            ? () => {
                onPick({ value: both });
                edit(both);
              }
            : undefined
        }
      />
      <FieldSides
        row={row}
        has={has}
        origin={origin}
        mayResolve={mayResolve}
        onPick={(side) => {
          setEditing(null);
          onPick(side);
        }}
      />
      {editing && (
        <div className="sm:col-span-3 sm:col-start-2">
          <ValueEditor
            name={name}
            start={editing.start}
            onValue={(value) => onPick({ value })}
            onUnreadable={typing.onUnreadable}
            onDone={stopEditing}
            onCancel={() => {
              stopEditing();
              typing.onRestore(editing.before);
            }}
          />
        </div>
      )}
      {!editing && origin === "value" && (
        <div className="border-accent bg-accent-soft rounded-md border px-2 py-1.5 sm:col-span-3 sm:col-start-2">
          <span className="text-accent-text text-xs font-medium">Will be: </span>
          <FoldedValue value={outcome} />
        </div>
      )}
    </div>
  );
}
