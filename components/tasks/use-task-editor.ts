"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { JsonMap } from "../../lib/json.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { FIELDS, isField } from "../../lib/task/fields.ts";
import { startBulk } from "../bulk/start-bulk.ts";
import { useMay } from "../shell/actor-context.tsx";
import { useSides } from "../shell/use-side-names.ts";
import { useSourceIds } from "../shell/use-source.tsx";
import { askUndo } from "../undo/ask-undo.ts";
import { toast } from "../ui/toast.ts";
import { draftErrors } from "./draft.ts";
import { createTask, type EditAnswer } from "./edit-tasks.ts";
import { differingFields } from "./merge-draft.ts";
import { type TaskForm, useTaskForm } from "./use-task-form.ts";

interface Options {
  /** The task to edit; null for a new task. */
  task: TaskJson | null;
  /** The task that a new one begins as a copy of. */
  copied: TaskJson | null;
  gone: boolean;
  onOpen(task: TaskJson): void;
  onClose(): void;
}

export type TaskEditorState = ReturnType<typeof useTaskEditor>;

/** A task's form with its actions: save, delete, create again, leave. */
export function useTaskEditor({ task, copied, gone, onOpen, onClose }: Options) {
  const client = useQueryClient();
  const { ids, several } = useSourceIds();
  const form = useTaskForm(task, several ? ids[0] : undefined, copied);
  const sides = useSides();
  const { may, why } = useMay("editor");
  const [asking, setAsking] = useState(false);
  const [tried, setTried] = useState(false);
  const { base, mine, dirty, meanwhile, save } = form;
  const isNew = base === null;
  const found = draftErrors(mine, isNew);
  const valid = Object.keys(found).length === 0;
  const deleted = !isNew && gone && save.kind !== "saving";
  const busy = save.kind === "saving" || meanwhile.clashing.length > 0;

  const submit = async () => {
    setTried(true);
    if (!may || !valid || busy) return;
    if (deleted) return onOpen((await createTask(client, mine, base.source)).task);
    const answer = await form.submit();
    if (!answer || !isNew) return;
    tellCreated(answer, sides(answer.task.source).side, onClose);
    onOpen(answer.task);
  };
  return {
    form,
    may,
    why,
    isNew,
    deleted,
    asking,
    /** Errors by field. Empty fields of a new task count only after a first attempt to create it. */
    errors: isNew && !tried ? onlyFilledIn(found, mine) : found,
    maySubmit: !busy && (isNew || deleted || (dirty && valid)),
    whyNot: whyNotSaved({ form, isNew, deleted, tried, found }),
    submit,
    remove: () => {
      toast.dismiss(CREATED);
      if (base) startBulk(client, "delete", [base]).catch(tellRefused);
      onClose();
    },
    /** Closes the panel, but first asks whether to discard changes. */
    close: () => (dirty && may && !asking ? setAsking(true) : onClose()),
    keepEditing: () => setAsking(false),
  };
}

/** Why the edit cannot be saved now, and what to do; null when it can, or when there is nothing to say. */
function whyNotSaved({
  form: { save, meanwhile, dirty },
  isNew,
  deleted,
  tried,
  found,
}: {
  form: TaskForm;
  isNew: boolean;
  deleted: boolean;
  tried: boolean;
  found: Record<string, string>;
}): string | null {
  if (save.kind === "saving") return null;
  if (meanwhile.clashing.length > 0)
    return `Choose theirs or yours for ${meanwhile.clashing.join(", ")} first`;
  const wrong = Object.keys(found).map((name) => (name === "" ? "the task" : labelOf(name)));
  if (wrong.length > 0 && (dirty || tried)) return `Fix first: ${wrong.join(", ")}`;
  return dirty || isNew || deleted || save.kind === "saved" ? null : "Nothing is changed yet";
}

function labelOf(name: string): string {
  return isField(name) ? FIELDS[name].label : name;
}

function onlyFilledIn(errors: Record<string, string>, mine: JsonMap): Record<string, string> {
  const filledIn = new Set(differingFields({}, mine).filter((name) => mine[name] !== ""));
  return Object.fromEntries(Object.entries(errors).filter(([name]) => filledIn.has(name)));
}

/** The notice of a new task, which goes when the task is deleted. */
const CREATED = "created-task";

function tellRefused(error: Error): void {
  toast.error("The task was not deleted", { description: error.message });
}

function tellCreated({ task, sync }: EditAnswer, side: string, onUndone: () => void): void {
  const edit = { id: String(task.id), source: task.source, before: null, after: task };
  toast.success(`Created task ${task.id}`, {
    id: CREATED,
    action: { label: "Undo…", onClick: () => askUndo({ edit, onUndone }) },
    duration: 12_000,
    description:
      sync.state === "synced"
        ? `It is in ${side}.`
        : `Pending: ${sync.reason ?? "the next run writes it to the other side"}`,
  });
}
