import { nextRuns, previousRuns } from "../../lib/schedule/cron.ts";
import { schedulesAt, type Starts } from "../../lib/schedule/starts.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { plural } from "../shell/run-words.ts";
import { Time } from "../ui/time.tsx";
import type { Axis } from "./axis.ts";
import { TaskLinks } from "./task-links.tsx";
import { isResting, type ScheduleGroup } from "./timeline-rows.ts";

const [NEXT, LAST, OTHERS] = [8, 4, 5];

interface Props {
  listed: ListedTask;
  groups: readonly ScheduleGroup[];
  starts: Starts;
  axis: Axis;
}

/** When the task starts next and was due last, from its cron expression, and which tasks start with it. */
export function TaskTimes({ listed, groups, starts, axis }: Props) {
  const { schedule_cron, timezone, status } = listed.task;
  const { next, last } = timesOf(schedule_cron, timezone, new Date(axis.now * 60_000));
  const others = othersWith(next[0], listed, groups, starts);
  return (
    <>
      <section>
        <h3 className="font-semibold">
          {isResting(listed) ? `Would start next, were it not ${status}` : "Next starts"}
        </h3>
        <Times of={next} axis={axis} timezone={timezone} none="Its cron expression names no time to come." />
      </section>
      <section>
        <h3 className="font-semibold">Was due last</h3>
        <p className="text-muted mb-1 text-xs">
          Computed from the cron expression. Lockstep does not run tasks, so this does not say that it ran.
        </p>
        <Times of={last} axis={axis} timezone={timezone} none="Its cron expression names no earlier time." />
      </section>
      {others.length > 0 && (
        <section>
          <h3 className="mb-1 font-semibold">
            {plural(others.length, "other task")} {others.length === 1 ? "starts" : "start"} with the next one
          </h3>
          <TaskLinks tasks={others} most={OTHERS} />
        </section>
      )}
    </>
  );
}

function timesOf(cron: string, timezone: string, now: Date): { next: string[]; last: string[] } {
  try {
    return { next: nextRuns(cron, timezone, now, NEXT), last: previousRuns(cron, timezone, now, LAST) };
  } catch {
    // A row that was written with SQL may hold what is no cron expression.
    return { next: [], last: [] };
  }
}

function othersWith(
  next: string | undefined,
  { key }: ListedTask,
  groups: readonly ScheduleGroup[],
  { minutes, from }: Starts,
): ListedTask[] {
  if (next === undefined) return [];
  const minute = Math.floor(Date.parse(next) / 60_000) - from;
  return schedulesAt(minutes, minute)
    .flatMap((i) => groups[i]?.rows ?? [])
    .filter((row) => row.key !== key);
}

function Times({
  of: times,
  axis,
  timezone,
  none,
}: {
  of: readonly string[];
  axis: Axis;
  timezone: string;
  none: string;
}) {
  if (times.length === 0) return <p className="text-muted text-sm">{none}</p>;
  const shown = axis.zone ?? timezone;
  return (
    <ol className="divide-y text-sm">
      {times.map((at) => (
        <li key={at} className="flex flex-wrap items-baseline gap-x-3 py-1">
          <Time at={at} timezone={shown} show="zoned" />
          {shown !== timezone && (
            <span className="text-muted text-xs">
              <Time at={at} timezone={timezone} show="zoned" /> there
            </span>
          )}
          <span className="text-muted ml-auto text-xs">
            <Time at={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
