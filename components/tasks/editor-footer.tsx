"use client";

import { Trash2 } from "lucide-react";
import type { TaskStanding } from "../../lib/protocol/task.ts";
import { askUndo } from "../undo/ask-undo.ts";
import { MissingRole } from "../shell/missing-role.tsx";
import { Button } from "../ui/button.tsx";
import { SaveLine } from "./save-line.tsx";
import type { TaskForm } from "./use-task-form.ts";
import type { TaskEditorState } from "./use-task-editor.ts";

interface Props {
  editor: TaskEditorState;
  standing: TaskStanding | null;
  onClose(): void;
}

/** The buttons of the panel and the state of the edit, or the question whether to discard the edit. */
export function EditorFooter({ editor, standing, onClose }: Props) {
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
      {may && !isNew && !deleted && (
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
      )}
      {may ? <SaveLine save={form.save} standing={isNew ? null : standing} /> : <MissingRole why={why} />}
      {may && <UndoSave form={form} />}
      {form.dirty && !isNew && (
        <Button look="ghost" onClick={form.reset}>
          Reset
        </Button>
      )}
      {may && (
        <Button look="primary" onClick={() => void editor.submit()} disabled={!editor.maySubmit}>
          {isNew ? "Create" : deleted ? "Create again" : "Save"}
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
