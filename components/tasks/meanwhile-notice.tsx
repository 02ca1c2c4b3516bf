"use client";

import { UsersRound } from "lucide-react";
import type { Json, JsonMap } from "../../lib/json.ts";
import { Button } from "../ui/button.tsx";
import { textOf } from "./draft.ts";
import type { Meanwhile } from "./use-task-form.ts";

interface Props {
  meanwhile: Meanwhile;
  theirs: JsonMap;
  mine: JsonMap;
  /** In words. */
  by: string;
  onTakeTheirs(name: string): void;
  onKeepMine(name: string): void;
}

/** The id of the notice, to which the line beside Save leads. */
export const MEANWHILE = "changed-meanwhile";

/** Says that another person changed the task while it was being edited here, and lets this person choose. */
export function MeanwhileNotice({
  meanwhile: { taken, clashing },
  theirs,
  mine,
  by,
  onTakeTheirs,
  onKeepMine,
}: Props) {
  if (taken.length + clashing.length === 0) return null;
  return (
    <div id={MEANWHILE} role="alert" className="bg-warn-soft mb-4 flex flex-col gap-2 rounded-lg p-3 text-sm">
      <p className="text-warn-text flex items-center gap-2 font-medium">
        <UsersRound className="size-4 shrink-0" aria-hidden /> Changed meanwhile by {by}
      </p>
      {taken.length > 0 && <p>Now also here: {taken.join(", ")}. Your own changes are kept.</p>}
      {clashing.map((name) => (
        <div key={name} className="bg-surface flex flex-col gap-2 rounded-md p-2">
          <p>
            Both of you changed <strong>{name}</strong>:
          </p>
          <dl className="grid grid-cols-[4rem_1fr] gap-x-2 gap-y-1 text-xs">
            <dt className="text-muted">Theirs</dt>
            <dd className="font-mono break-all">{shown(theirs[name])}</dd>
            <dt className="text-muted">Yours</dt>
            <dd className="font-mono break-all">{shown(mine[name])}</dd>
          </dl>
          <div className="flex gap-2">
            <Button size="small" onClick={() => onTakeTheirs(name)}>
              Take theirs
            </Button>
            <Button size="small" onClick={() => onKeepMine(name)}>
              Keep yours
            </Button>
          </div>
        </div>
      ))}
    </div>
  );
}

function shown(value: Json | undefined): string {
  return value === undefined || value === null ? "nothing" : textOf(value);
}
