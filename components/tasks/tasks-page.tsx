"use client";

import { ListChecks, Plus, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from "react";
import type { TaskListJson } from "../../lib/protocol/task.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { useTasks } from "../live/use-tasks.ts";
import { useMay } from "../shell/actor-context.tsx";
import { isTyping } from "../shell/is-typing.ts";
import { loadAgain } from "../ui/load-again.ts";
import { MissingRole } from "../shell/missing-role.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { TaskGrid } from "./task-table.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useFlashes } from "./use-flashes.ts";
import { useOpenTask } from "./use-open-task.ts";
import { useTaskTable } from "./use-task-table.ts";
import { useView } from "./use-view.ts";
import { EVERYTHING, isFiltered } from "./view.ts";

const TaskPanel = dynamic(
  loadAgain(() => import("./task-panel.tsx").then((module) => module.TaskPanel)),
  { ssr: false },
);
const BulkBar = dynamic(
  loadAgain(() => import("./bulk-bar.tsx").then((module) => module.BulkBar)),
  { ssr: false },
);

const NONE: readonly ListedTask[] = [];

export function TasksPage({ first }: { first: TaskListJson }) {
  const tasks = useTasks(first);
  const [view, setView] = useView(useSearchParams().toString());
  const { open, openTask, openNew, close } = useOpenTask();
  const flashing = useFlashes(tasks.data);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const mayEdit = useMay("editor");

  const all = tasks.data?.rows ?? NONE;
  // The field shows each key at once; the list follows as soon as there is time to draw it.
  const wanted = useDeferredValue(view);
  const many = useMemo(() => all.some(({ task }) => task.source !== all[0]?.task.source), [all]);
  const table = useTaskTable(all, wanted, many, setView);
  const shown = table.getRowModel().rows.length;
  const onOpen = useCallback((row: ListedTask) => openTask(row.task), [openTask]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key === "/") search.current?.focus();
      else if (event.key === "n" && mayEdit.may) openNew();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [openNew, mayEdit.may]);

  const total = tasks.data?.total ?? 0;
  const newTask = mayEdit.may ? (
    <Button look="primary" onClick={openNew}>
      <Plus aria-hidden /> New task
    </Button>
  ) : (
    <MissingRole why={mayEdit.why} />
  );
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <PageHeader title="Tasks" aside={newTask}>
        <p role="status" className="text-muted tabular-nums">
          {isFiltered(view)
            ? `${shown.toLocaleString("en")} of ${total.toLocaleString("en")}`
            : total.toLocaleString("en")}
          {tasks.data?.complete === false &&
            total > all.length &&
            ` · loading, ${all.length.toLocaleString("en")} so far`}
        </p>
      </PageHeader>
      <Toolbar
        view={view}
        onView={setView}
        rows={all}
        search={search}
        onLeaveSearch={() => grid.current?.focus()}
      />
      {tasks.data === undefined ? (
        tasks.error ? (
          <ErrorState
            title="The tasks could not be loaded"
            error={tasks.error}
            onRetry={() => void tasks.refetch()}
          />
        ) : (
          <SkeletonRows label="Loading the tasks" />
        )
      ) : (
        <TaskGrid
          grid={grid}
          table={table}
          many={many}
          flashing={flashing}
          onOpen={onOpen}
          empty={
            isFiltered(view) ? (
              <EmptyState
                icon={SearchX}
                title="No task is like that"
                action={<Button onClick={() => setView({ ...EVERYTHING })}>Show all tasks</Button>}
              >
                Search looks in id, skill, description and cron expression.
              </EmptyState>
            ) : (
              <EmptyState icon={ListChecks} title="No tasks yet" action={newTask}>
                Create the first one here, or write it into the YAML file: it shows up by itself.
              </EmptyState>
            )
          }
        />
      )}
      {table.getIsSomeRowsSelected() && <BulkBar table={table} />}
      {open !== null && (
        <TaskPanel
          key={open.key}
          open={open}
          rows={all}
          complete={tasks.data?.complete === true}
          onOpen={openTask}
          onClose={close}
        />
      )}
    </div>
  );
}
