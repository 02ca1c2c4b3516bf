"use client";

import clsx from "clsx";
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  ClockAlert,
  GitCompareArrows,
} from "lucide-react";
import { type ReactNode, useContext } from "react";
import { durationInWords } from "../ui/format-time.ts";
import { Link } from "../ui/link.tsx";
import { Time } from "../ui/time.tsx";
import type { ListedTask } from "../live/task-rows.ts";
import { SidesContext } from "../shell/use-side-names.ts";
import { StateFactsContext } from "./state-facts.tsx";
import { useCronWords } from "./use-cron-words.ts";
import { overdueBy, STATE_WORDS, stateInWords, stateOf } from "./task-state.ts";

/** The source stands here while it has no column of its own; on a phone it has its own line. */
const SOURCE_HERE =
  "max-md:block max-md:truncate md:group-data-[source=true]/list:hidden md:group-data-[source=auto]/list:@min-[864px]:hidden";

/** The task's name, as a button for assistive technology; a press anywhere in the row opens it as well. */
export function Title({
  name,
  source,
  narrow,
  wide,
}: {
  name: string;
  source: string | null;
  narrow: ReactNode;
  wide: string | null;
}) {
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        title={name}
        className="block max-w-full truncate text-left font-medium hover:underline"
      >
        {name}
      </button>
      <p className="text-muted truncate text-xs">
        {source !== null && (
          <span className={SOURCE_HERE}>
            {source}
            <span className="max-md:hidden"> · </span>
          </span>
        )}
        <span className="md:hidden">{narrow}</span>
        <span className="hidden md:inline">{wide}</span>
      </p>
    </>
  );
}

/** The id of a source, on two lines where it is long. */
export function Source({ id }: { id: string }) {
  return (
    <p title={id} className="text-muted line-clamp-2 text-xs break-words">
      {id}
    </p>
  );
}

/** The schedule in words, and the expression where there are none. */
export function ScheduleWords({ cron }: { cron: string }) {
  return <>{useCronWords(cron) ?? cron}</>;
}

export function Schedule({ cron, timezone }: { cron: string; timezone: string }) {
  const words = useCronWords(cron);
  return (
    <div title={words ?? cron}>
      <p className="truncate">
        {/* The line keeps its place until the words are there. */}
        {words === undefined ? "\u00a0" : (words ?? "No description for this expression")}
      </p>
      <p className="text-muted truncate font-mono text-xs">
        {cron} <span className="font-sans">{timezone}</span>
      </p>
    </div>
  );
}

const ICON = {
  conflict: GitCompareArrows,
  held: CircleAlert,
  waiting: CircleDashed,
  unknown: CircleQuestionMark,
  overdue: ClockAlert,
  paused: CirclePause,
  in_step: CircleCheck,
} as const;
const COLOUR = {
  ok: "text-ok-text",
  warn: "text-warn-text",
  bad: "text-bad-text",
  neutral: "text-muted",
  accent: "text-accent-text",
} as const;

/** The state of the task, with its reason as the tooltip. */
export function State({ row }: { row: ListedTask }) {
  const facts = useContext(StateFactsContext);
  const names = useContext(SidesContext)(row.task.source);
  const state = stateOf(row, facts);
  const { text, tone } = STATE_WORDS[state];
  const Icon = ICON[state];
  return (
    <div
      title={stateInWords(state, row, facts, names)}
      className={clsx("flex items-center gap-1.5 text-xs font-medium", COLOUR[tone])}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      {state === "conflict" ? (
        <Link href="/conflicts" data-keep tabIndex={-1} className="sr-only hover:underline md:not-sr-only">
          {text}
        </Link>
      ) : (
        <span className="sr-only md:not-sr-only">{text}</span>
      )}
    </div>
  );
}

/** When the task runs next, in its own time zone; a run that should have been is overdue. */
export function NextRun({ task }: { task: ListedTask["task"] }) {
  const { now } = useContext(StateFactsContext);
  const { next_run_at: at, timezone } = task;
  const late = overdueBy(task, now);
  if (at === null) return <p className="text-muted">–</p>;
  return (
    <>
      <p className={clsx("truncate", late > 0 && "text-warn-text")}>
        {late > 0 ? `overdue by ${durationInWords(late)}` : <Time at={at} timezone={timezone} />}
      </p>
      <p className="text-muted truncate text-xs">
        <Time at={at} timezone={timezone} show="zoned" />
      </p>
    </>
  );
}
