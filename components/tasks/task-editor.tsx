"use client";

import { type KeyboardEvent, type ReactNode, useState } from "react";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { TaskHistory } from "../audit/task-history.tsx";
import type { ListedTask } from "../live/task-rows.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { useSourceIds } from "../shell/use-source.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/time.tsx";
import { EditorFooter } from "./editor-footer.tsx";
import { draftOf } from "./merge-draft.ts";
import { MeanwhileNotice } from "./meanwhile-notice.tsx";
import { whoInWords } from "./sync-words.ts";
import { TaskFields } from "./task-form.tsx";
import { useTaskEditor } from "./use-task-editor.ts";

interface Props {
  /** The task as the list has it now; null for a new task and for one that has been deleted. */
  row: ListedTask | null;
  /** The task as the list had it last. */
  last: ListedTask | null;
  /** Whether the task has been deleted. */
  gone: boolean;
  /** The task that a new one begins as a copy of. */
  copied: TaskJson | null;
  onOpen(task: TaskJson): void;
  onCopy(task: TaskJson): void;
  onClose(): void;
}

/** The form of one task, with its history, in the panel at the side. */
export function TaskEditor({ row, last, gone, copied, onOpen, onCopy, onClose }: Props) {
  const editor = useTaskEditor({ task: row?.task ?? last?.task ?? null, copied, gone, onOpen, onClose });
  const { form, errors, may, deleted } = editor;
  const { base } = form;
  const standing = (row ?? last)?.standing ?? null;
  const { ids } = useSourceIds();
  const names = useSideNames(base?.source ?? form.source ?? ids[0]);
  const by = whoInWords(standing?.changed_by ?? null, names.side);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void editor.submit();
  };
  const fields = <TaskFields form={form} errors={errors} disabled={!may} />;
  return (
    <Sheet
      open
      onOpenChange={editor.close}
      title={base === null ? "New task" : base.skill_name}
      description={<TaskSummary task={base} changedAt={standing?.changed_at} by={by} side={names.side} />}
      footer={<EditorFooter {...{ editor, standing, by, names }} onCopy={onCopy} onClose={onClose} />}
    >
      <div onKeyDown={onKeyDown}>
        {deleted && (
          <p role="alert" className="bg-bad-soft text-bad-text mb-4 rounded-lg p-3 text-sm">
            This task was deleted while you had it open. Create it again, or close.
          </p>
        )}
        {base && (
          <MeanwhileNotice
            meanwhile={form.meanwhile}
            theirs={draftOf(base)}
            mine={form.mine}
            by={by}
            onTakeTheirs={form.takeTheirs}
            onKeepMine={form.keepMine}
          />
        )}
        {errors[""] !== undefined && <p className="text-bad-text mb-3 text-sm">{errors[""]}</p>}
        {base === null ? fields : <TaskTabs task={base} fields={fields} />}
      </div>
    </Sheet>
  );
}

/** The lines under the panel's title: the task and who changed it last. */
function TaskSummary({
  task,
  changedAt,
  by,
  side,
}: {
  task: TaskJson | null;
  changedAt: string | null | undefined;
  by: string;
  side: string;
}) {
  const { several } = useSourceIds();
  if (task === null) return <>It is written to the database, and from there to {side}.</>;
  return (
    <>
      Task {task.id}
      {several && <> of {task.source}</>} · changed <Time at={changedAt ?? task.updated_at} /> by {by}
    </>
  );
}

function TaskTabs({ task, fields }: { task: TaskJson; fields: ReactNode }) {
  const [tab, setTab] = useState("fields");
  return (
    <Tabs
      label="About this task"
      value={tab}
      onValueChange={setTab}
      tabs={[
        { value: "fields", label: "Task", content: fields },
        {
          value: "history",
          label: "History",
          content: <TaskHistory id={String(task.id)} source={task.source} />,
        },
      ]}
    />
  );
}
