"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import type { AnswerOf } from "../../lib/protocol/route-types.ts";
import { choiceToWire } from "../../lib/protocol/wire.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import type { Answer } from "../../lib/sync/types.ts";
import { call } from "../live/api.ts";
import { plural } from "../shell/run-words.ts";
import { useSides } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { toast } from "../ui/toast.ts";
import { conflictName } from "./conflict-name.ts";
import { failureOf, useUndo } from "./use-resolve.ts";
import { choiceInWords, deletes, effectOnMany, endingOf, kindOf, KINDS, renamesOfMany } from "./words.ts";

type Resolved = AnswerOf<"POST /api/sync/conflicts/resolve">;

interface Props {
  conflicts: readonly ShownConflict[];
  choice: Answer;
  onClose(): void;
  onDone(): void;
}

/** Says what one choice for many conflicts will do, and afterwards which conflicts stayed open. */
export function BulkDialog({ conflicts, choice, onClose, onDone }: Props) {
  const [refused, setRefused] = useState<Resolved["refused"]>([]);
  const names = useSides()(conflicts.map(({ source }) => source));
  const inWords = manyInWords(choice, names);
  const resolve = useBulkResolve({ conflicts, choice, inWords }, (left) => {
    setRefused(left);
    if (left.length === 0) onDone();
  });
  const doomed = conflicts.filter(({ kind }) => deletes(choice, kind));
  const others = conflicts.filter(({ kind }) => kind !== "renamed");
  const over = refused.length > 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={
        over
          ? `${plural(refused.length, "conflict")} stayed open`
          : `${inWords} in ${plural(conflicts.length, "conflict")}?`
      }
      footer={
        over ? (
          <Button look="primary" onClick={onDone}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              look={doomed.length > 0 ? "danger" : "primary"}
              disabled={resolve.isPending}
              onClick={() => resolve.mutate()}
            >
              {resolve.isPending ? "Resolving…" : `Resolve ${conflicts.length}`}
            </Button>
          </>
        )
      }
    >
      {over ? (
        <Refused refused={refused} conflicts={conflicts} />
      ) : (
        <div className="flex flex-col gap-3 text-sm">
          {choice !== "separate" && others.length > 0 && <p>{effectOnMany(choice, names)}</p>}
          {others.length < conflicts.length && (
            <p>
              {others.length > 0 && "Of tasks that may have a new id: "}
              {renamesOfMany(choice, names)}
            </p>
          )}
          <KindCounts conflicts={conflicts} names={names} />
          <p className="text-muted">Tasks {listed(conflicts)}.</p>
          {doomed.length > 0 && (
            <p className="bg-bad-soft text-bad-text rounded-md px-3 py-2">
              This deletes {plural(doomed.length, "task")}: {listed(doomed)}.
            </p>
          )}
          <ErrorNote error={resolve.error} />
        </div>
      )}
    </Dialog>
  );
}

/**
 * Resolves the conflicts and offers to undo it. `onAnswer` gets the conflicts that stayed open, with the
 * reason.
 */
function useBulkResolve(
  { conflicts, choice, inWords }: Pick<Props, "conflicts" | "choice"> & { inWords: string },
  onAnswer: (refused: Resolved["refused"]) => void,
) {
  const client = useQueryClient();
  const undo = useUndo();
  return useMutation({
    mutationFn: () => {
      const body = {
        conflict_ids: conflicts.map((each) => each.conflict_id),
        choice: choiceToWire(choice),
      };
      return call("POST /api/sync/conflicts/resolve", { body });
    },
    onSuccess: (answer) => {
      const failure = failureOf(answer.run);
      if (failure !== null) throw new Error(failure);
      const resolved = new Set(answer.resolved);
      const tasks = conflicts.filter((each) => resolved.has(each.conflict_id)).map((each) => each.task_id);
      if (tasks.length > 0) {
        toast.success(`${plural(tasks.length, "conflict")} resolved: ${inWords}`, {
          action: { label: "Undo", onClick: () => undo(answer.run, tasks) },
          duration: 12_000,
        });
      }
      onAnswer(answer.refused);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["conflicts"] }),
  });
}

function manyInWords(choice: Answer, names: SideNames): string {
  return choice === "separate" ? endingOf(choice, "renamed", names) : choiceInWords(choice, names);
}

/** How many of the conflicts are of each kind. */
function KindCounts({ conflicts, names }: Pick<Props, "conflicts"> & { names: SideNames }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
      {KINDS.map((kind) => {
        const count = conflicts.filter((each) => each.kind === kind).length;
        return count === 0 ? null : (
          <div key={kind} className="contents">
            <dt className="text-muted">{kindOf(kind, names)}</dt>
            <dd className="text-right tabular-nums">{count}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function Refused({ refused, conflicts }: Pick<Resolved, "refused"> & Pick<Props, "conflicts">) {
  const nameOf = new Map(
    conflicts.map((each) => [each.conflict_id, `${conflictName(each)} (${each.task_id})`]),
  );
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {refused.map(({ conflict_id, message }) => (
        <li key={conflict_id}>
          <strong className="font-medium">{nameOf.get(conflict_id) ?? "A conflict"}:</strong> {message}
        </li>
      ))}
    </ul>
  );
}

function listed(conflicts: Props["conflicts"]): string {
  const ids = conflicts.map((each) => each.task_id);
  return ids.length > 12 ? `${ids.slice(0, 12).join(", ")} and ${ids.length - 12} more` : ids.join(", ");
}
