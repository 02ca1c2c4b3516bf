"use client";

import { Copy, Trash2, UsersRound } from "lucide-react";
import type { TaskJson, TaskStanding } from "../../lib/protocol/task.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { askUndo } from "../undo/ask-undo.ts";
import { MissingRole } from "../shell/missing-role.tsx";
import { Button } from "../ui/button.tsx";
import { MEANWHILE } from "./meanwhile-notice.tsx";
import { SaveLine } from "./save-line.tsx";
import type { TaskForm } from "./use-task-form.ts";
import type { TaskEditorState } from "./use-task-editor.ts";

interface Props {
  editor: TaskEditorState;
  standing: TaskStanding | null;
  /** Who changed the task last, in words. */
  by: string;
  names: SideNames;
  onCopy(task: TaskJson): void;
  onClose(): void;
}

/** The buttons of the panel and the state of the edit, or the question whether to discard the edit. */
export function EditorFooter({ editor, standing, by, names, onCopy, onClose }: Props) {
  const { form, may, why, isNew, deleted } = editor;
  if (editor.asking) {
    return (
      <>
        <p className="flex-1 text-sm font-medium">Discard your changes?</p>
        <Button onClick={editor.keepEditing}>Keep editing</Button>
        <Button look="danger" autoFocus onClick={onClose}>
          Discard
        </Button>
      </>
    );
  }
  return (
    <>
      <Meanwhile editor={editor} by={by} />
      {may && !isNew && !deleted && <TaskActions editor={editor} onCopy={onCopy} />}
      {may ? (
        <SaveLine save={form.save} standing={isNew ? null : standing} names={names} />
      ) : (
        <MissingRole why={why} />
      )}
      {may && <WhyNot why={editor.whyNot} />}
      {may && <UndoSave form={form} />}
      {form.dirty && !isNew && (
        <Button look="ghost" onClick={form.reset}>
          Reset
        </Button>
      )}
      {may && (
        <Button
          look="primary"
          onClick={() => void editor.submit()}
          disabled={!editor.maySubmit}
          aria-describedby={editor.whyNot === null ? undefined : WHY_NOT}
        >
          {isNew ? "Create" : deleted ? "Create again" : "Save"}
        </Button>
      )}
    </>
  );
}

const WHY_NOT = "why-not-saved";

function WhyNot({ why }: { why: string | null }) {
  if (why === null) return null;
  return (
    <p id={WHY_NOT} className="text-muted max-w-56 text-right text-xs">
      {why}
    </p>
  );
}

/** Tells beside Save that another person has changed the task meanwhile. */
function Meanwhile({ editor, by }: { editor: TaskEditorState; by: string }) {
  const { taken, clashing } = editor.form.meanwhile;
  if (taken.length + clashing.length === 0) return null;
  const what = [...clashing, ...taken].join(", ");
  const look = () => document.getElementById(MEANWHILE)?.scrollIntoView({ block: "center" });
  return (
    <p className="text-warn-text flex w-full items-center gap-2 text-xs">
      <UsersRound className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1">
        {by} changed {what} meanwhile.
      </span>
      <button type="button" onClick={look} className="text-accent-text shrink-0 underline">
        Look
      </button>
    </p>
  );
}

function TaskActions({ editor, onCopy }: { editor: TaskEditorState; onCopy(task: TaskJson): void }) {
  const { base } = editor.form;
  return (
    <>
      <Button
        look="ghost"
        size="icon"
        aria-label="Delete this task"
        title="Delete this task"
        onClick={editor.remove}
        className="!text-bad-text"
      >
        <Trash2 />
      </Button>
      {base && !editor.form.dirty && (
        <Button
          look="ghost"
          size="icon"
          aria-label="Duplicate this task"
          title="Duplicate this task"
          onClick={() => onCopy(base)}
        >
          <Copy />
        </Button>
      )}
    </>
  );
}

/** Right after a save: takes the edit back. */
function UndoSave({ form: { save, base, dirty } }: { form: TaskForm }) {
  if (save.kind !== "saved" || base === null || dirty) return null;
  const { before } = save;
  const edit = { id: String(base.id), source: base.source, before, after: base };
  return (
    <Button look="ghost" onClick={() => askUndo({ edit })}>
      Undo
    </Button>
  );
}
