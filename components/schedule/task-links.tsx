import type { ListedTask } from "../live/task-rows.ts";
import { taskHref } from "../shell/task-href.ts";
import { cronInWords } from "../tasks/cron-words.ts";
import { Link } from "../ui/link.tsx";

interface Props {
  tasks: readonly ListedTask[];
  /** How many are shown; the others are counted. */
  most: number;
}

/** Tasks with their schedules, each with a link to it. */
export function TaskLinks({ tasks, most }: Props) {
  return (
    <>
      <ul className="divide-y rounded-lg border">
        {tasks.slice(0, most).map(({ key, task }) => (
          <li key={key}>
            <Link
              href={taskHref(task.id, task.source)}
              className="hover:bg-hover flex flex-wrap items-baseline gap-x-2 px-3 py-1.5 focus-visible:-outline-offset-2"
            >
              <span className="font-medium">{task.skill_name}</span>
              <span className="text-muted font-mono text-xs">{task.id}</span>
              <span className="text-muted ml-auto text-xs">
                {cronInWords(task.schedule_cron) ?? task.schedule_cron}
                {task.timezone !== "UTC" && `, ${task.timezone}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {tasks.length > most && (
        <p className="text-muted mt-1 text-xs">and {(tasks.length - most).toLocaleString("en")} more</p>
      )}
    </>
  );
}
