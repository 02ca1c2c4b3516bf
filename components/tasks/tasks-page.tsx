"use client";

import type { TaskListJson } from "../../lib/protocol/task.ts";
import { useTasks } from "../live/use-tasks.ts";
import { PageHeader } from "../ui/page-header.tsx";

export function TasksPage({ first }: { first: TaskListJson }) {
  const { data } = useTasks(first);
  return (
    <>
      <PageHeader title="Tasks">
        <span className="text-muted tabular-nums">{data?.total}</span>
      </PageHeader>
      <ul className="px-6">
        {data?.rows.map(({ key, task }) => (
          <li key={key}>
            {task.id} {task.skill_name}
          </li>
        ))}
      </ul>
    </>
  );
}
