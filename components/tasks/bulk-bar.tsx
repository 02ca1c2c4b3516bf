"use client";

import { Pause, Play, Trash2, X } from "lucide-react";
import { useState } from "react";
import type { BulkKind } from "../../lib/task/bulk-kinds.ts";
import { BulkConfirm } from "../bulk/bulk-confirm.tsx";
import type { ListedTask } from "../live/task-rows.ts";
import { useMay } from "../shell/actor-context.tsx";
import { MissingRole } from "../shell/missing-role.tsx";
import { plural } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import type { TaskTable } from "./use-task-table.ts";

interface Props {
  table: TaskTable;
  all: readonly ListedTask[];
  /** Moves the focus on, because this bar goes with the selection. */
  onStarted(): void;
}

/** The actions on all selected tasks. */
export function BulkBar({ table, all, onStarted }: Props) {
  const { may, why } = useMay("editor");
  const [asking, setAsking] = useState<BulkKind | null>(null);
  const chosen = table.getSelectedRowModel().rows.map((row) => row.original);
  if (chosen.length === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label="Selected tasks"
      className="animate-appear bg-raised absolute bottom-4 left-1/2 z-40 flex -translate-x-1/2 items-center gap-1 rounded-xl border p-1.5 shadow-xl max-sm:gap-0 max-sm:px-0.5 max-sm:[&_button[data-words]_svg]:hidden"
    >
      <span className="px-2 font-medium whitespace-nowrap tabular-nums">{plural(chosen.length, "task")}</span>
      {may ? (
        <>
          <Button look="ghost" data-words onClick={() => setAsking("pause")}>
            <Pause aria-hidden /> Pause
          </Button>
          <Button look="ghost" data-words onClick={() => setAsking("resume")}>
            <Play aria-hidden /> Resume
          </Button>
          <Button look="ghost" data-words onClick={() => setAsking("delete")} className="!text-bad-text">
            <Trash2 aria-hidden /> Delete
          </Button>
        </>
      ) : (
        <MissingRole why={why} />
      )}
      <Button
        look="ghost"
        size="icon"
        aria-label="Clear the selection"
        onClick={() => table.resetRowSelection(true)}
      >
        <X />
      </Button>
      {asking !== null && (
        <BulkConfirm
          action={asking}
          chosen={chosen}
          all={all}
          onClose={() => setAsking(null)}
          onStarted={() => {
            table.resetRowSelection(true);
            onStarted();
          }}
        />
      )}
    </div>
  );
}
