"use client";

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { TaskJson } from "../../lib/protocol/task.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { startBulk } from "../bulk/start-bulk.ts";
import { FieldDiffs } from "../history/field-diffs.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { ApiError, call } from "../live/api.ts";
import { createTask, putTask } from "../tasks/edit-tasks.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { toast } from "../ui/toast.ts";
import { type EditOfTask, planUndo, type UndoPlan } from "./plan-undo.ts";

interface Props {
  edit: EditOfTask;
  onUndone?: (() => void) | undefined;
  onClose(): void;
}

/** Says what undoing an edit of one task would do and what was edited since, and does it. */
export function UndoEdit({ edit, onUndone, onClose }: Props) {
  const client = useQueryClient();
  const names = useSideNames(edit.source);
  const key = ["tasks", "undo", edit.source, edit.id];
  const task = useQuery({ queryKey: key, queryFn: () => presentTask(edit), staleTime: 0, gcTime: 0 });
  const plan = task.data === undefined ? null : planUndo(edit, task.data);
  const undo = useMutation({
    mutationFn: async () => {
      if (plan && task.data !== undefined) await carryOut(client, edit, plan, task.data);
    },
    onSuccess: () => {
      if (plan?.kind !== "delete") toast.success(`Undone in task ${edit.id}`);
      onUndone?.();
      onClose();
    },
    // The task has changed since it was shown, so the new state is shown.
    onError: () => void task.refetch(),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Undo this edit of task ${edit.id}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={plan?.kind === "delete" ? "danger" : "primary"}
            disabled={!plan || plan.kind === "nothing" || undo.isPending || task.isFetching}
            onClick={() => undo.mutate()}
          >
            {undo.isPending ? "Undoing…" : plan?.kind === "delete" ? "Delete the task" : "Undo"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        {plan ? (
          <Effect plan={plan} gone={task.data === null} names={names} />
        ) : (
          !task.error && <SkeletonRows label="Working out what the undo does" rows={2} />
        )}
        <ErrorNote error={task.error ?? undo.error} />
      </div>
    </Dialog>
  );
}

function Effect({ plan, gone, names }: { plan: UndoPlan; gone: boolean; names: SideNames }) {
  const { kind, changes, since } = plan;
  return (
    <>
      {kind === "update" && (
        <>
          <p>The task will say this again, in the database and in {names.side}:</p>
          <div className="overflow-hidden rounded-md border">
            <FieldDiffs diffs={changes} />
          </div>
        </>
      )}
      {kind === "create" && (
        <p>
          The task is created again with the same id.
          {names.isFile &&
            " Comments that stood at it in the file come back only by undoing the run that deleted it, under History."}
        </p>
      )}
      {kind === "delete" && <p>This edit created the task, so undoing it deletes the task on both sides.</p>}
      {kind === "nothing" && (
        <p>{gone ? "The task does not exist any more, so nothing can be put back." : NOTHING}</p>
      )}
      {since.length > 0 && (
        <p className="bg-warn-soft text-warn-text rounded-md px-3 py-2">
          Edited since{kind === "delete" ? ", and deleted with it" : ", and left as it is"}:{" "}
          {since.join(", ")}.
        </p>
      )}
    </>
  );
}

const NOTHING = "Nothing is left to undo: the task does not say any more what this edit made of it.";

/** The task as it is now; null when there is none. */
async function presentTask({ id, source }: EditOfTask): Promise<TaskJson | null> {
  try {
    return (await call("GET /api/tasks/:id", { params: { id }, query: { source } })).task;
  } catch (error) {
    if (error instanceof ApiError && error.code === "not_found") return null;
    throw error;
  }
}

async function carryOut(
  client: QueryClient,
  { source }: EditOfTask,
  plan: UndoPlan,
  now: TaskJson | null,
): Promise<void> {
  if (plan.kind === "create") await createTask(client, plan.content, source);
  else if (now === null) return;
  else if (plan.kind === "update") await putTask(client, now, { ...plan.content, id: now.id });
  else if (plan.kind === "delete") await startBulk(client, "delete", [now]);
}
