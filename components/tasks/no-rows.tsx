"use client";

import { ListChecks, SearchX } from "lucide-react";
import { useSideNames } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { NewTaskButton } from "./new-task-button.tsx";

interface NoRowsProps {
  filtered: boolean;
  onShowAll(): void;
  onNew(): void;
}

/** What stands in the place of rows when there are none. */
export function NoRows({ filtered, onShowAll, onNew }: NoRowsProps) {
  if (!filtered) return <NoTasks onNew={onNew} />;
  return (
    <EmptyState
      icon={SearchX}
      title="No task matches"
      action={<Button onClick={onShowAll}>Show all tasks</Button>}
    >
      Search looks in id, skill, description and cron expression.
    </EmptyState>
  );
}

function NoTasks({ onNew }: { onNew(): void }) {
  const { side } = useSideNames(undefined);
  return (
    <EmptyState icon={ListChecks} title="No tasks yet" action={<NewTaskButton onNew={onNew} />}>
      Create the first one here or in {side}: it shows up by itself.
    </EmptyState>
  );
}
