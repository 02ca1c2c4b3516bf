"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { TaskJson, TaskListJson } from "../lib/protocol/task.ts";
import { api } from "./api.ts";
import { Button } from "./button.tsx";
import { ErrorText, Panel } from "./panel.tsx";
import { Time } from "./time.tsx";

const COLUMNS = ["Id", "Skill", "Schedule", "Next run", "Status", "Updated"];

export function TaskList({ initial }: { initial: TaskListJson }) {
  const tasks = useInfiniteQuery({
    queryKey: ["tasks"],
    queryFn: ({ pageParam }) =>
      api<TaskListJson>("GET", `/api/tasks${pageParam === null ? "" : `?cursor=${encodeURIComponent(pageParam)}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    initialData: { pages: [initial], pageParams: [null] },
  });
  const rows = tasks.data.pages.flatMap((page) => page.tasks);
  const total = tasks.data.pages.at(-1)?.total ?? 0;
  return (
    <Panel title="Tasks" aside={<span className="text-sm tabular-nums">{rows.length === total ? total : `${rows.length} of ${total}`}</span>}>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Table of tasks">
        <table className="w-full text-left text-sm">
          <thead>
            <tr>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" className="border-b border-neutral-300 py-2 pr-4 font-medium dark:border-neutral-700">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((task) => (
              <Row key={`${task.source}/${task.id}`} task={task} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p className="py-3 text-sm">No tasks.</p>}
      <ErrorText error={tasks.error} />
      {tasks.hasNextPage && (
        <div className="mt-3">
          <Button disabled={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Row({ task }: { task: TaskJson }) {
  const cell = "border-b border-neutral-100 py-2 pr-4 align-top dark:border-neutral-800";
  return (
    <tr>
      <th scope="row" className={`${cell} font-medium`}>
        {task.id}
      </th>
      <td className={cell} title={task.description ?? undefined}>
        {task.skill_name}
      </td>
      <td className={`${cell} whitespace-nowrap`}>
        <code>{task.schedule_cron}</code> {task.timezone}
      </td>
      <td className={cell}>
        <Time at={task.next_run_at} />
      </td>
      <td className={cell}>{task.status}</td>
      <td className={cell}>
        <Time at={task.updated_at} />
      </td>
    </tr>
  );
}
