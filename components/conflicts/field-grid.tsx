"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { getPath } from "../../lib/sync/path.ts";
import type { Resolved } from "../../lib/sync/resolution.ts";
import { plural } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { type Draft, pick, pickedFrom, restorePick, typedUnreadable } from "./draft.ts";
import { FieldRow } from "./field-row.tsx";
import { focusRow } from "./focus-row.ts";
import { type FieldRow as Row, fieldRows } from "./field-rows.ts";
import { FoldedValue } from "./folded-value.tsx";
import { SideHeads, SideLines } from "./side-heads.tsx";

interface Props {
  conflict: ShownConflict;
  draft: Draft;
  outcome: Resolved | null;
  mayResolve: boolean;
  onDraft(draft: Draft): void;
}

/** Every field side by side; equal fields are folded. Arrow keys move between fields and pick a side. */
export function FieldGrid({ conflict, draft, outcome, mayResolve, onDraft }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const rows = fieldRows(conflict);
  const has = {
    file: conflict.file_data !== null,
    base: conflict.ancestor !== null,
    database: conflict.database_data !== null,
  };
  const content = outcome?.ok ? (outcome.content ?? undefined) : undefined;
  return (
    <div ref={grid} className="-mt-3" onKeyDown={(event) => moveByArrow(event, grid.current)}>
      <SideLines conflict={conflict} />
      <SideHeads conflict={conflict} />
      {rows
        .filter(({ state }) => state !== "equal")
        .map((row) => (
          <FieldRow
            key={row.name}
            row={row}
            has={has}
            origin={pickedFrom(row, outcome, draft)}
            picked={Object.hasOwn(draft.picks, row.name) ? draft.picks[row.name] : undefined}
            outcome={getPath(content, row.path)}
            mayResolve={mayResolve}
            onPick={(choice) => onDraft(pick(draft, row.name, choice))}
            onUnreadable={(why) => onDraft(typedUnreadable(draft, row.name, why))}
            onRestore={(before) => onDraft(restorePick(draft, row.name, before))}
          />
        ))}
      <EqualFields rows={rows.filter(({ state }) => state === "equal")} />
    </div>
  );
}

function EqualFields({ rows }: { rows: readonly Row[] }) {
  const [open, setOpen] = useState(false);
  if (rows.length === 0) return null;
  return (
    <div className="pt-2">
      <Button
        size="small"
        look="ghost"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="text-muted -ml-2"
      >
        {open ? <ChevronDown /> : <ChevronRight />} {plural(rows.length, "field is", "fields are")} the same
      </Button>
      {open && (
        <dl className="grid grid-cols-[10rem_1fr] gap-x-2 gap-y-1 py-2">
          {rows.map((row) => (
            <div key={row.name} className="contents">
              <dt className="text-muted font-mono text-[13px] break-all">{row.name}</dt>
              <dd className="min-w-0">
                <FoldedValue value={row.file ?? row.database} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** Left and right pick YAML or the database; up and down go to the field above or below. */
function moveByArrow(event: KeyboardEvent, grid: HTMLElement | null): void {
  const { target } = event;
  if (grid === null || !(target instanceof Element) || target.getAttribute("role") !== "radio") return;
  const row = target.closest<HTMLElement>("[data-field]");
  const sideways = event.key === "ArrowLeft" ? "file" : event.key === "ArrowRight" ? "database" : null;
  if (sideways !== null) {
    const side = row?.querySelector<HTMLButtonElement>(`[data-side="${sideways}"]:not(:disabled)`);
    side?.click();
    side?.focus();
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const rows = [...grid.querySelectorAll<HTMLElement>("[data-field]")];
    const index = rows.findIndex((each) => each === row);
    focusRow(rows[index + (event.key === "ArrowUp" ? -1 : 1)]);
  } else return;
  event.preventDefault();
}
