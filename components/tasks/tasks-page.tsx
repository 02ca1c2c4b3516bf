"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useCallback, useDeferredValue, useMemo, useRef } from "react";
import type { TaskListJson } from "../../lib/protocol/task.ts";
import type { ListedTask, Tasks } from "../live/task-rows.ts";
import { useTasks } from "../live/use-tasks.ts";
import { useMay } from "../shell/actor-context.tsx";
import { SidesContext, useSides } from "../shell/use-side-names.ts";
import { usePageKey, useSearchKey } from "../shell/use-page-key.ts";
import { loadAgain } from "../ui/load-again.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { LateLookMenus } from "./late-look-menus.tsx";
import { NewTaskButton } from "./new-task-button.tsx";
import { StateFactsContext, useStateFacts } from "./state-facts.tsx";
import { TaskGrid } from "./task-table.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useColumns } from "./use-columns.ts";
import { useFlashes } from "./use-flashes.ts";
import { useOpenTask } from "./use-open-task.ts";
import { useTaskTable } from "./use-task-table.ts";
import { useView } from "./use-view.ts";
import { isFiltered, NO_FILTERS } from "./view.ts";

const TaskPanel = dynamic(
  loadAgain(() => import("./task-panel.tsx").then((module) => module.TaskPanel)),
  { ssr: false },
);
const FirstStepsButton = dynamic(
  loadAgain(() => import("../help/first-steps-button.tsx").then((module) => module.FirstStepsButton)),
  { ssr: false },
);
const NoRows = dynamic(
  loadAgain(() => import("./no-rows.tsx").then((module) => module.NoRows)),
  { ssr: false },
);
const BulkBar = dynamic(
  loadAgain(() => import("./bulk-bar.tsx").then((module) => module.BulkBar)),
  { ssr: false },
);

const NONE: readonly ListedTask[] = [];

/** The list of all tasks with its search and filters, and the panel of the task that is open. */
export function TasksPage({ first }: { first: TaskListJson }) {
  const tasks = useTasks(first);
  const [view, setView] = useView(useSearchParams().toString());
  const { open, openTask, openNew, openCopy, close } = useOpenTask();
  const flashing = useFlashes(tasks.data);
  const [search, grid] = [useRef<HTMLInputElement>(null), useRef<HTMLDivElement>(null)];

  const all = tasks.data?.rows ?? NONE;
  // The search field shows each key at once; the list follows as soon as there is time to draw it.
  const wanted = useDeferredValue(view);
  const many = useMemo(() => all.some(({ task }) => task.source !== all[0]?.task.source), [all]);
  const [facts, sides] = [useStateFacts(), useSides()];
  const columns = useColumns({ view, onView: setView, many, list: grid });
  const table = useTaskTable(all, wanted, many, facts, setView);
  const onOpen = useCallback((row: ListedTask) => openTask(row.task), [openTask]);
  const onShowAll = () => setView(NO_FILTERS);
  const onLeaveSearch = () => grid.current?.focus();
  useSearchKey(search);
  usePageKey("n", useMay("editor").may ? openNew : null);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <PageHeader title="Tasks" aside={<HeaderButtons onNew={openNew} />}>
        <p role="status" className="text-muted tabular-nums">
          {countInWords(tasks.data, isFiltered(view) ? table.getRowModel().rows.length : null)}
        </p>
      </PageHeader>
      <Toolbar
        view={view}
        onView={setView}
        rows={all}
        facts={facts}
        many={many}
        search={search}
        onLeaveSearch={onLeaveSearch}
      >
        <LateLookMenus view={view} onView={setView} columns={columns} />
      </Toolbar>
      <StateFactsContext value={facts}>
        <SidesContext value={sides}>
          <TaskGrid
            table={table}
            columns={columns}
            flashing={flashing}
            onOpen={onOpen}
            empty={<NoRows filtered={isFiltered(view)} onShowAll={onShowAll} onNew={openNew} />}
          />
        </SidesContext>
      </StateFactsContext>
      {table.getIsSomeRowsSelected() && <BulkBar table={table} all={all} onStarted={onLeaveSearch} />}
      {open !== null && (
        <TaskPanel
          key={open.key}
          open={open}
          rows={all}
          complete={tasks.data?.complete === true}
          onOpen={openTask}
          onCopy={openCopy}
          onClose={close}
        />
      )}
    </div>
  );
}

/** `12 of 340`, `340`, `10,000 · loading, 500 so far`; `shown` is null when no filter is set. */
function countInWords(tasks: Tasks | undefined, shown: number | null): string {
  const { rows, total, complete } = tasks ?? { rows: NONE, total: 0, complete: true };
  const count = total.toLocaleString("en");
  const loading = !complete && total > rows.length;
  return (
    (shown === null ? count : `${shown.toLocaleString("en")} of ${count}`) +
    (loading ? ` · loading, ${rows.length.toLocaleString("en")} so far` : "")
  );
}

function HeaderButtons({ onNew }: { onNew(): void }) {
  return (
    <>
      <FirstStepsButton />
      <NewTaskButton onNew={onNew} />
    </>
  );
}
