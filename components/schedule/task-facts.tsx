import type { TaskJson } from "../../lib/protocol/task.ts";
import { overdueBy } from "../tasks/task-state.ts";
import { durationInWords } from "../ui/format-time.ts";
import { Fact } from "../ui/fact.tsx";
import { Time } from "../ui/time.tsx";

/** What the task says of its schedule; `now` in ms. */
export function TaskFacts({ task, now }: { task: TaskJson; now: number }) {
  const late = overdueBy(task, now);
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3">
      <Fact name="Cron">
        <code className="font-mono">{task.schedule_cron}</code>
      </Fact>
      <Fact name="Time zone">{task.timezone}</Fact>
      <Fact name="Task">
        <code className="font-mono">{task.id}</code>
        {task.source !== "default" && <span className="text-muted"> in {task.source}</span>}
      </Fact>
      <Fact name="Status">{task.status}</Fact>
      {late > 0 && (
        <div className="col-span-2">
          <Fact name="Overdue">
            <span className="text-bad-text">
              It was due <Time at={task.next_run_at} timezone={task.timezone} show="zoned" />,{" "}
              {durationInWords(late)} ago, and nothing has reported that run.
            </span>
          </Fact>
        </div>
      )}
    </dl>
  );
}
