"use client";

import { SearchX } from "lucide-react";
import { useState } from "react";
import type { TaskJson } from "../../lib/protocol/task.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { TaskEditor } from "./task-editor.tsx";
import type { OpenTask } from "./use-open-task.ts";

interface Props {
  open: OpenTask;
  rows: readonly ListedTask[];
  /** Whether all tasks have loaded. Only then a missing task is known not to exist. */
  complete: boolean;
  onOpen(task: TaskJson): void;
  onCopy(task: TaskJson): void;
  onClose(): void;
}

/** The panel at the side in which a person reads, edits or makes one task. */
export function TaskPanel({ open, rows, complete, onOpen, onCopy, onClose }: Props) {
  const row = open.id === null ? undefined : rowOf(rows, open.id, open.source);
  // A task that is deleted while it is open keeps its form, so that what a person typed is not lost.
  const [seen, setSeen] = useState(row);
  if (row && row !== seen) setSeen(row);
  const copied = open.copy === null ? undefined : rowOf(rows, open.copy, open.source);
  const waits = open.copy !== null && copied === undefined && !complete;
  if ((open.id === null && !waits) || seen)
    return (
      <TaskEditor
        row={row ?? null}
        last={seen ?? null}
        gone={complete && !row}
        copied={copied?.task ?? null}
        onOpen={onOpen}
        onCopy={onCopy}
        onClose={onClose}
      />
    );
  return (
    <Sheet open onOpenChange={onClose} title={open.id === null ? "New task" : `Task ${open.id}`}>
      {complete ? (
        <EmptyState icon={SearchX} title={`There is no task ${open.id}`}>
          It may have been deleted; look in the history.
        </EmptyState>
      ) : (
        <SkeletonRows label="Loading the task" />
      )}
    </Sheet>
  );
}

/**
 * The task of `source`. When no source is named, it is the task of `default`, or of the first source that has the id.
 */
function rowOf(rows: readonly ListedTask[], id: string, source: string | null): ListedTask | undefined {
  const named = rows.filter(({ task }) => String(task.id) === id);
  return (
    named.find(({ task }) => task.source === (source ?? "default")) ??
    (source === null ? named[0] : undefined)
  );
}
