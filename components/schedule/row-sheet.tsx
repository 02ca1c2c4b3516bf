"use client";

import type { Starts } from "../../lib/schedule/starts.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { plural } from "../shell/run-words.ts";
import { taskHref } from "../shell/task-href.ts";
import { cronInWords } from "../tasks/cron-words.ts";
import { buttonClass } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { Sheet } from "../ui/sheet.tsx";
import type { Axis } from "./axis.ts";
import { CrowdTimes } from "./crowd-times.tsx";
import { TaskFacts } from "./task-facts.tsx";
import { TaskLinks } from "./task-links.tsx";
import { TaskReports } from "./task-reports.tsx";
import { TaskTimes } from "./task-times.tsx";
import { namesOf, type ScheduleGroup, type TimelineRow } from "./timeline-rows.ts";

const TASKS = 100;

interface Props {
  row: TimelineRow;
  groups: readonly ScheduleGroup[];
  starts: Starts;
  axis: Axis;
  onClose(): void;
}

/** What a row of the timeline is: a task with its cron expression and times, or the tasks that start together. */
export function RowSheet(props: Props) {
  const [first] = props.row.tasks;
  if (props.row.together || !first) return <CrowdSheet {...props} />;
  return <TaskSheet {...props} task={first} />;
}

function TaskSheet({ task: listed, groups, starts, axis, onClose }: Props & { task: ListedTask }) {
  const { task } = listed;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={task.skill_name}
      description={cronInWords(task.schedule_cron) ?? "Its schedule"}
      footer={
        <Link href={taskHref(task.id, task.source)} className={buttonClass("primary")}>
          Open the task
        </Link>
      }
    >
      <div className="flex flex-col gap-5">
        <TaskFacts task={task} now={axis.now * 60_000} />
        <TaskTimes listed={listed} groups={groups} starts={starts} axis={axis} />
        <TaskReports task={task} timezone={axis.zone ?? task.timezone} />
      </div>
    </Sheet>
  );
}

function CrowdSheet({ row, starts, axis, onClose }: Props) {
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={`${plural(row.tasks.length, "task")} start together`}
      description={namesOf(row.tasks)}
    >
      <div className="flex flex-col gap-5">
        <CrowdTimes row={row} starts={starts} axis={axis} />
        <section>
          <h3 className="mb-1 font-semibold">Tasks</h3>
          <TaskLinks tasks={row.tasks} most={TASKS} />
        </section>
      </div>
    </Sheet>
  );
}
