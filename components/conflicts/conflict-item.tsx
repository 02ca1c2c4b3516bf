"use client";

import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { Badge } from "../ui/badge.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Time } from "../ui/time.tsx";
import { conflictName } from "./conflict-name.ts";
import { actorName, kindOf } from "./words.ts";

interface Props {
  conflict: ShownConflict;
  /** Whether there are several sources. */
  several: boolean;
  selected: boolean;
  /** Selects the conflict; undefined when this person may not select conflicts. */
  onSelect: ((selected: boolean) => void) | undefined;
  onOpen(): void;
}

/** One open conflict in the list: the task, the kind, and who changed each side when. */
export function ConflictItem({ conflict, several, selected, onSelect, onOpen }: Props) {
  const {
    task_id,
    kind,
    fields,
    detected_at,
    file_data,
    database_data,
    file_updated_at,
    database_updated_at,
    database_updated_by,
  } = conflict;
  const names = useSideNames(conflict.source);
  return (
    <li className="hover:bg-hover focus-within:bg-hover flex items-start gap-3 border-b px-4 py-2.5 last:border-b-0 sm:px-6">
      {onSelect && (
        <span className="pt-0.5">
          <Checkbox checked={selected} onCheckedChange={onSelect} label={`Select task ${task_id}`} />
        </span>
      )}
      <button
        type="button"
        data-conflict={conflict.conflict_id}
        onClick={onOpen}
        className="grid min-w-0 flex-1 gap-x-4 gap-y-1 rounded text-left sm:grid-cols-[minmax(9rem,16rem)_1fr_auto]"
      >
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{conflictName(conflict)}</span>
          <span className="text-muted shrink-0">Task {task_id}</span>
          {several && <Badge>{conflict.source}</Badge>}
        </span>
        <span className="flex min-w-0 flex-wrap items-center gap-1.5">
          <Badge tone="warn">{kindOf(kind, names)}</Badge>
          <span className="font-mono text-[13px] break-all">{fields.slice(0, 4).join(", ")}</span>
          {fields.length > 4 && <span className="text-muted text-xs">and {fields.length - 4} more</span>}
        </span>
        <span className="text-muted text-xs sm:text-right">
          since <Time at={detected_at} />
        </span>
        <span className="text-muted text-xs sm:col-span-3">
          {names.heading} {file_data === null ? "deleted it" : <Time at={file_updated_at} />}
          {" · "}
          Database {database_data === null ? "deleted it" : <Time at={database_updated_at} />}
          {database_updated_by !== null && ` by ${actorName(database_updated_by)}`}
        </span>
      </button>
    </li>
  );
}
