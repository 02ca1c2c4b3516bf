"use client";

import { Link } from "../ui/link.tsx";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { choiceNamed } from "../../lib/protocol/wire.ts";
import { taskHref } from "../shell/task-href.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { SideNamesContext, useSideNames } from "../shell/use-side-names.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Time } from "../ui/time.tsx";
import { conflictName } from "./conflict-name.ts";
import { EMPTY_DRAFT } from "./draft.ts";
import { FieldGrid } from "./field-grid.tsx";
import { actorName, endingOf, kindOf } from "./words.ts";

interface Props {
  conflict: ShownConflict;
  /** Whether other conflicts are open. */
  more: boolean;
  onNext(): void;
  onClose(): void;
}

/** A past conflict: its values and how it ended, also when another person has just resolved it. */
export function OverDialog({ conflict, more, onNext, onClose }: Props) {
  const names = useSideNames(conflict.source);
  return (
    <SideNamesContext value={names}>
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        size="large"
        title={
          <span className="flex flex-wrap items-center gap-2">
            {conflictName(conflict)} <Badge>{kindOf(conflict.kind, names)}</Badge>{" "}
            <Badge tone="ok">{conflict.state}</Badge>
          </span>
        }
        description={<Ending conflict={conflict} />}
        footer={
          <>
            <Link href={taskHref(conflict.task_id, conflict.source)} className={buttonClass("ghost")}>
              Open the task
            </Link>
            {conflict.run_id !== null && (
              <Link href={`/history/${conflict.run_id}`} className={buttonClass("ghost")}>
                Open the run, or undo it
              </Link>
            )}
            {more && (
              <Button look="primary" onClick={onNext}>
                Next conflict
              </Button>
            )}
            <Button onClick={onClose}>Close</Button>
          </>
        }
      >
        <FieldGrid
          conflict={conflict}
          draft={EMPTY_DRAFT}
          outcome={null}
          mayResolve={false}
          onDraft={() => undefined}
        />
      </Dialog>
    </SideNamesContext>
  );
}

/** The stored choice in words; an unknown choice is shown as stored. */
function wordsOf(choice: string, kind: ShownConflict["kind"], names: SideNames): string {
  const known = choiceNamed(choice);
  return known ? endingOf(known, kind, names) : choice;
}

export function Ending({ conflict }: { conflict: ShownConflict }) {
  const { choice, kind, closed_by, closed_at } = conflict;
  const names = useSideNames(conflict.source);
  const how = choice === null ? "Closed without a choice: both sides agreed" : wordsOf(choice, kind, names);
  return (
    <>
      {how}
      {choice !== null && closed_by !== null && ` by ${actorName(closed_by)}`}, <Time at={closed_at} />
    </>
  );
}
