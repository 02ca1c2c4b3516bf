"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useDeferredValue, useMemo, useRef } from "react";
import { useTasks } from "../live/use-tasks.ts";
import type { Tasks } from "../live/task-rows.ts";
import { useSearchKey } from "../shell/use-page-key.ts";
import { useSourceParam } from "../shell/use-source.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { useMinute } from "../ui/page-clock.ts";
import { useAddressView } from "../ui/use-address-view.ts";
import { spanMinutes } from "./axis-window.ts";
import { Legend } from "./legend.tsx";
import { ScheduleHeader } from "./schedule-header.tsx";
import { SchedulePicture } from "./schedule-picture.tsx";
import { ScheduleToolbar } from "./schedule-toolbar.tsx";
import { scheduleViewFrom, withScheduleView } from "./schedule-view.ts";
import { groupBySchedule, type ScheduleGroup } from "./timeline-rows.ts";

const ADDRESS = { from: scheduleViewFrom, into: withScheduleView, settleMs: 250 };
const NO_GROUPS: readonly ScheduleGroup[] = [];

/** When tasks start, on a timeline: each task in a row of its own, or those that start together. */
export function SchedulePage() {
  const { data: tasks, error, refetch } = useTasks();
  const now = Math.floor(useMinute() / 60_000);
  const [view, setView] = useAddressView(useSearchParams().toString(), ADDRESS);
  const [source, setSource] = useSourceParam();
  const [search, grid] = [useRef<HTMLInputElement>(null), useRef<HTMLDivElement>(null)];
  useSearchKey(search);
  // The controls show each choice at once; the picture follows as soon as there is time to draw it.
  const wanted = useDeferredValue(view);
  const groups = useMemo(
    // While pages of the list still arrive, what is worked out would be thrown away with each page.
    () =>
      tasks?.complete === true
        ? groupBySchedule(tasks.rows, { source, q: wanted.q, resting: wanted.resting })
        : NO_GROUPS,
    [tasks, source, wanted.q, wanted.resting],
  );
  const onStep = useCallback(
    (spans: number) =>
      setView({ at: spans === 0 ? null : (view.at ?? now) + spans * spanMinutes(view.span) }),
    [setView, view.at, view.span, now],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ScheduleHeader
        view={view}
        onView={setView}
        source={source}
        onSource={setSource}
        onStep={onStep}
        count={countInWords(tasks, groups)}
      />
      <ScheduleToolbar
        view={view}
        onView={setView}
        search={search}
        onLeaveSearch={() => grid.current?.focus({ preventScroll: true })}
      />
      {error && !tasks ? (
        <ErrorState title="The tasks could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <SchedulePicture
          grid={grid}
          tasks={tasks}
          groups={groups}
          view={wanted}
          now={now}
          onView={setView}
          onStep={onStep}
        />
      )}
      <Legend together={view.layout === "together"} />
    </div>
  );
}

/** `12 of 340 tasks`, `340 tasks`, `loading`. */
function countInWords(tasks: Tasks | undefined, groups: readonly ScheduleGroup[]): string {
  if (!tasks) return "Loading the tasks";
  const words = (count: number) => count.toLocaleString("en");
  if (!tasks.complete) return `Loading: ${words(tasks.rows.length)} of ${words(tasks.total)} tasks`;
  const shown = groups.reduce((sum, { count }) => sum + count, 0);
  return shown === tasks.rows.length
    ? `${words(shown)} tasks`
    : `${words(shown)} of ${words(tasks.rows.length)} tasks`;
}
