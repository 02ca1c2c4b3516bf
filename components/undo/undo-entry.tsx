"use client";

import { Undo2 } from "lucide-react";
import type { AuditEntry } from "../../lib/protocol/audit.ts";
import { useMay } from "../shell/actor-context.tsx";
import { Button } from "../ui/button.tsx";
import { askUndo } from "./ask-undo.ts";

const EDITS: ReadonlySet<string> = new Set(["task_created", "task_updated", "task_deleted"]);

/** The button that undoes the edit of an entry; nothing where the entry is no edit of a task. */
export function UndoEntry({ entry }: { entry: AuditEntry }) {
  const { may } = useMay("editor");
  const { action, task_id: id, source, before, after, diff } = entry;
  if (!may || id === null || source === null || !EDITS.has(action)) return null;
  if (action === "task_updated" && diff.length === 0) return null;
  return (
    <div className="px-3">
      <Button size="small" onClick={() => askUndo({ edit: { id, source, before, after } })}>
        <Undo2 aria-hidden /> Undo this edit…
      </Button>
    </div>
  );
}
