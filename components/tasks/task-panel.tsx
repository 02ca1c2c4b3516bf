"use client";

import { useQueryClient } from "@tanstack/react-query";
import { SearchX, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { TaskHistory } from "../audit/task-history.tsx";
import type { ListedTask } from "../live/task-rows.ts";
import { useMay } from "../shell/actor-context.tsx";
import { MissingRole } from "../shell/missing-role.tsx";
import { useSourceIds } from "../shell/use-source.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";
import { deleteMany } from "./bulk-edit.ts";
import { draftErrors } from "./draft.ts";
import { restoreTask } from "./edit-tasks.ts";
import { contentOf, differingFields } from "./merge-draft.ts";
import { MeanwhileNotice } from "./meanwhile-notice.tsx";
import { SaveLine } from "./save-line.tsx";
import { whoInWords } from "./sync-words.ts";
import { TaskFields } from "./task-form.tsx";
import type { OpenTask } from "./use-open-task.ts";
import { useTaskForm } from "./use-task-form.ts";

interface Props {
  open: OpenTask;
  rows: readonly ListedTask[];
  /** Whether all tasks have arrived: one that is missing is then not there. */
  complete: boolean;
  onOpen(task: TaskJson): void;
  onClose(): void;
}

/** One task in a panel at the side: looked at, edited, or made. */
export function TaskPanel({ open, rows, complete, onOpen, onClose }: Props) {
  const row = open.id === null ? undefined : rowOf(rows, open.id, open.source);
  // A task that vanishes while it is open keeps its form, with what was written in it.
  const [seen, setSeen] = useState(row);
  if (row && row !== seen) setSeen(row);
  if (open.id === null || seen)
    return (
      <Editor
        row={row ?? null}
        last={seen ?? null}
        gone={complete && !row}
        onOpen={onOpen}
        onClose={onClose}
      />
    );
  return (
    <Sheet open onOpenChange={onClose} title={`Task ${open.id}`}>
      {complete ? (
        <EmptyState icon={SearchX} title={`There is no task ${open.id}`}>
          It may have been deleted; the history knows more.
        </EmptyState>
      ) : (
        <SkeletonRows label="Loading the task" />
      )}
    </Sheet>
  );
}

/** The one of that source; where none is named, of `default`, else of whichever has it. */
function rowOf(rows: readonly ListedTask[], id: string, source: string | null): ListedTask | undefined {
  const named = rows.filter(({ task }) => String(task.id) === id);
  return (
    named.find(({ task }) => task.source === (source ?? "default")) ??
    (source === null ? named[0] : undefined)
  );
}

interface EditorProps {
  row: ListedTask | null;
  last: ListedTask | null;
  gone: boolean;
  onOpen(task: TaskJson): void;
  onClose(): void;
}

function Editor({ row, last, gone, onOpen, onClose }: EditorProps) {
  const client = useQueryClient();
  const { ids, several } = useSourceIds();
  const form = useTaskForm(row?.task ?? last?.task ?? null, several ? ids[0] : undefined);
  const { may, why } = useMay("editor");
  const [asking, setAsking] = useState(false);
  const [tried, setTried] = useState(false);
  const [tab, setTab] = useState("fields");
  const { base, mine, dirty, meanwhile, save } = form;
  const isNew = base === null;
  const found = draftErrors(mine, isNew);
  // Nobody is told off for a field not yet filled in.
  const touched = isNew ? new Set(differingFields({}, mine).filter((name) => mine[name] !== "")) : null;
  const errors =
    touched === null || tried
      ? found
      : Object.fromEntries(Object.entries(found).filter(([name]) => touched.has(name)));
  const deleted = !isNew && gone && save.kind !== "saving";

  const close = () => (dirty && may && !asking ? setAsking(true) : onClose());
  const submit = async () => {
    setTried(true);
    if (!may || save.kind === "saving" || Object.keys(found).length > 0 || meanwhile.clashing.length > 0)
      return;
    if (deleted && base)
      return onOpen(
        (await restoreTask(client, { ...mine, source: base.source, updated_at: null } as TaskJson)).task,
      );
    const answer = await form.submit();
    if (answer && isNew) {
      toast.success(`Created task ${answer.task.id}`, {
        description:
          answer.sync.state === "synced"
            ? "It is in the file."
            : `Pending: ${answer.sync.reason ?? "the next run carries it"}`,
      });
      onOpen(answer.task);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    }
  };
  const remove = () => {
    if (base) void deleteMany(client, [base]);
    onClose();
  };
  const standing = (row ?? last)?.standing ?? null;
  const fields = <TaskFields form={form} errors={errors} disabled={!may} />;
  return (
    <Sheet
      open
      onOpenChange={close}
      title={isNew ? "New task" : base.skill_name}
      description={
        isNew ? (
          "It is written to the database, and from there to the file."
        ) : (
          <>
            Task {base.id}
            {several && <> of {base.source}</>} · changed{" "}
            <Time at={standing?.changed_at ?? base.updated_at} /> by{" "}
            {whoInWords(standing?.changed_by ?? null)}
          </>
        )
      }
      footer={
        asking ? (
          <>
            <p className="flex-1 text-sm font-medium">Discard your changes?</p>
            <Button onClick={() => setAsking(false)}>Keep editing</Button>
            <Button look="danger" autoFocus onClick={onClose}>
              Discard
            </Button>
          </>
        ) : (
          <>
            {may && !isNew && !deleted && (
              <Button
                look="ghost"
                size="icon"
                aria-label="Delete this task"
                title="Delete this task"
                onClick={remove}
                className="!text-bad-text"
              >
                <Trash2 />
              </Button>
            )}
            {may ? <SaveLine save={save} standing={isNew ? null : standing} /> : <MissingRole why={why} />}
            {dirty && !isNew && (
              <Button look="ghost" onClick={form.reset}>
                Reset
              </Button>
            )}
            {may && (
              <Button
                look="primary"
                onClick={() => void submit()}
                disabled={
                  save.kind === "saving" ||
                  (!isNew && !deleted && (!dirty || Object.keys(found).length > 0)) ||
                  meanwhile.clashing.length > 0
                }
              >
                {isNew ? "Create" : deleted ? "Create again" : "Save"}
              </Button>
            )}
          </>
        )
      }
    >
      <div onKeyDown={onKeyDown}>
        {deleted && (
          <p role="alert" className="bg-bad-soft text-bad-text mb-4 rounded-lg p-3 text-sm">
            This task has been deleted meanwhile. What it said is still here: create it again, or close.
          </p>
        )}
        {base && (
          <MeanwhileNotice
            meanwhile={meanwhile}
            theirs={contentOf(base)}
            mine={mine}
            by={standing?.changed_by ?? null}
            onTakeTheirs={form.takeTheirs}
            onKeepMine={form.keepMine}
          />
        )}
        {errors[""] !== undefined && <p className="text-bad-text mb-3 text-sm">{errors[""]}</p>}
        {base === null ? (
          fields
        ) : (
          <Tabs
            label="About this task"
            value={tab}
            onValueChange={setTab}
            tabs={[
              { value: "fields", label: "Task", content: fields },
              {
                value: "history",
                label: "History",
                content: <TaskHistory id={String(base.id)} source={base.source} />,
              },
            ]}
          />
        )}
      </div>
    </Sheet>
  );
}
