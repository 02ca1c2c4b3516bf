import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { conflictName, conflictSchedule } from "./conflict-name.ts";
import { kindOf } from "./words.ts";

export interface Place {
  /** The conflict's place among the open conflicts, counted from 1. */
  number: number;
  of: number;
}

/** The task's name, when it runs, and the way to the other conflicts. */
export function ConflictTitle({
  conflict,
  place,
  onStep,
}: {
  conflict: ShownConflict;
  place: Place;
  onStep(by: 1 | -1): void;
}) {
  const names = useSideNames(conflict.source);
  const schedule = conflictSchedule(conflict);
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="min-w-0 break-words">{conflictName(conflict)}</span>
      <Badge tone="warn">{kindOf(conflict.kind, names)}</Badge>
      <span className="text-muted text-sm font-normal">
        Task {conflict.task_id}
        {schedule !== null && ` · ${schedule}`}
      </span>
      <Steps place={place} onStep={onStep} />
    </span>
  );
}

function Steps({ place: { number, of }, onStep }: { place: Place; onStep(by: 1 | -1): void }) {
  if (of < 2) return null;
  return (
    <span className="text-muted ml-auto flex items-center gap-1 text-xs font-normal">
      <Button
        size="icon-small"
        look="ghost"
        aria-label="Previous conflict"
        aria-keyshortcuts="k"
        onClick={() => onStep(-1)}
      >
        <ChevronLeft />
      </Button>
      <span className="tabular-nums">
        {number} of {of}
      </span>
      <Button
        size="icon-small"
        look="ghost"
        aria-label="Next conflict"
        aria-keyshortcuts="j"
        onClick={() => onStep(1)}
      >
        <ChevronRight />
      </Button>
    </span>
  );
}
