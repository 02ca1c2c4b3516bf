"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Pause, Play, Trash2, X } from "lucide-react";
import { useMay } from "../shell/actor-context.tsx";
import { MissingRole } from "../shell/missing-role.tsx";
import { plural } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { toast } from "../ui/toast.ts";
import type { TaskTable } from "./use-task-table.ts";

/** The actions on all selected tasks. */
export function BulkBar({ table }: { table: TaskTable }) {
  const client = useQueryClient();
  const { may, why } = useMay("editor");
  const chosen = table.getSelectedRowModel().rows.map((row) => row.original.task);
  if (chosen.length === 0) return null;
  const act = async (what: "pause" | "resume" | "delete") => {
    table.resetRowSelection(true);
    const { changeStatuses, deleteMany } = await import("./bulk-edit.ts");
    if (what === "delete") await deleteMany(client, chosen);
    else await changeStatuses(client, chosen, what === "pause" ? "paused" : "active");
  };
  const start = (what: "pause" | "resume" | "delete") => () =>
    void act(what).catch((error: unknown) =>
      toast.error(error instanceof Error ? error.message : String(error)),
    );
  return (
    <div
      role="toolbar"
      aria-label="Selected tasks"
      className="animate-appear bg-raised absolute bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-1 rounded-xl border p-1.5 shadow-xl max-sm:gap-0 max-sm:px-0.5 max-sm:[&_button[data-words]_svg]:hidden"
    >
      <span className="px-2 font-medium whitespace-nowrap tabular-nums">{plural(chosen.length, "task")}</span>
      {may ? (
        <>
          <Button look="ghost" data-words onClick={start("pause")}>
            <Pause aria-hidden /> Pause
          </Button>
          <Button look="ghost" data-words onClick={start("resume")}>
            <Play aria-hidden /> Resume
          </Button>
          <Button look="ghost" data-words onClick={start("delete")} className="!text-bad-text">
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
    </div>
  );
}
