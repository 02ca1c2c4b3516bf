"use client";

import clsx from "clsx";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { useMay } from "../shell/actor-context.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { ChangedNotice } from "./changed-notice.tsx";
import { ConflictTitle } from "./conflict-title.tsx";
import { renameKeys } from "./dialog-keys.ts";
import type { ConflictDialogProps } from "./dialog-props.ts";
import { type FieldRow, fieldRows } from "./field-rows.ts";
import { MarkedValue } from "./marked-value.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { useResolve } from "./use-resolve.ts";
import { WhatHappened } from "./what-happened.tsx";
import { renameEffect, RENAME_ANSWER, RENAME_ANSWERS, type RenameAnswer } from "./words.ts";

/** Asks whether a task that has come to the file's side is the one that is gone from it, under another id. */
export function RenameDialog({ conflict, place, onStep, onClose, onResolved }: ConflictDialogProps) {
  const { may, why } = useMay("admin");
  const { mutate, error, isPending } = useResolve(onResolved);
  const [opened] = useState(conflict);
  const answer = (choice: RenameAnswer) => {
    if (!isPending) mutate({ conflict, body: { choice, revision: conflict.revision } });
  };
  return (
    // React passes events of the dialog's portal on to this element.
    <div className="contents" onKeyDown={renameKeys({ onAnswer: may ? answer : null, onStep })}>
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        size="large"
        title={<ConflictTitle conflict={conflict} place={place} onStep={onStep} />}
        description={<WhatHappened conflict={conflict} />}
        footer={
          may ? (
            <Answers conflict={conflict} isPending={isPending} onAnswer={answer} />
          ) : (
            <p className="text-muted mr-auto text-sm">{why}</p>
          )
        }
      >
        {opened.revision !== conflict.revision && <ChangedNotice before={opened} now={conflict} />}
        <ErrorNote error={error} />
        <p className="mb-4 flex items-center gap-2 text-lg">
          <span className="font-mono">{conflict.task_id}</span>
          <ArrowRight className="text-muted size-4" aria-label="becomes" />
          <span className="font-mono">{conflict.renamed_to}</span>
        </p>
        <Compared conflict={conflict} />
      </Dialog>
    </div>
  );
}

function Answers({
  conflict,
  isPending,
  onAnswer,
}: {
  conflict: ShownConflict;
  isPending: boolean;
  onAnswer(choice: RenameAnswer): void;
}) {
  const names = useSideNames(conflict.source);
  return (
    <div role="group" aria-label="Is it the same task?" className="grid min-w-0 flex-1 gap-2 sm:grid-cols-3">
      {RENAME_ANSWERS.map((choice, i) => (
        <Button
          key={choice}
          look={i === 0 ? "primary" : "plain"}
          disabled={isPending}
          aria-keyshortcuts={String(i + 1)}
          onClick={() => onAnswer(choice)}
          className="h-auto flex-col items-start py-2 text-left whitespace-normal"
        >
          <span className="flex items-center gap-2 font-medium">
            <Kbd>{i + 1}</Kbd> {RENAME_ANSWER[choice]}
          </span>
          <span className={clsx("text-xs font-normal", i > 0 && "text-muted")}>
            {renameEffect(choice, conflict, names)}
          </span>
        </Button>
      ))}
    </div>
  );
}

/** What is the same in both tasks, and what differs. */
function Compared({ conflict }: { conflict: ShownConflict }) {
  const rows = fieldRows(conflict).filter(({ runtime }) => !runtime);
  const differing = rows.filter(({ state }) => state !== "equal" && state !== "both");
  const same = rows.filter((row) => !differing.includes(row)).map(({ name }) => name);
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p>
        <span className="font-medium">The same: </span>
        {same.length === 0 ? "nothing" : same.join(", ")}
      </p>
      {differing.length > 0 && <Differences rows={differing} conflict={conflict} />}
    </div>
  );
}

function Differences({ rows, conflict }: { rows: readonly FieldRow[]; conflict: ShownConflict }) {
  const { short } = useSideNames(conflict.source);
  return (
    <table className="w-full table-fixed text-left">
      <thead className="text-muted text-xs">
        <tr>
          <th className="py-1 font-medium">Different</th>
          <th className="py-1 font-medium">Task {conflict.task_id} in the database</th>
          <th className="py-1 font-medium">
            Task {conflict.renamed_to} in {short}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, file, database }) => (
          <tr key={name} className="border-t align-top">
            <th className="py-1.5 pr-3 font-mono text-[13px] font-normal">{name}</th>
            <td className="py-1.5 pr-3">
              <MarkedValue value={database} tone="old" />
            </td>
            <td className="py-1.5">
              <MarkedValue value={file} against={database} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
