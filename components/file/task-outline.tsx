"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUpRight, CircleAlert } from "lucide-react";
import { Link } from "../ui/link.tsx";
import { useMemo, useRef, useState } from "react";
import type { FileJson } from "../../lib/protocol/file.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { taskHref } from "../shell/task-href.ts";
import { Input } from "../ui/field.tsx";

/** Height of a row, in pixels. */
const ROW = 30;

/** Every task of the file, with a link to its lines and a link to its row. */
export function TaskOutline({
  file,
  source,
  onGoTo,
}: {
  file: FileJson;
  source: string | undefined;
  onGoTo(line: number): void;
}) {
  const { side } = useSideNames(source);
  const [search, setSearch] = useState("");
  const wrong = useMemo(() => new Set(file.problems.flatMap((problem) => problem.task_id ?? [])), [file]);
  const tasks = useMemo(
    () => file.tasks.filter((task) => task.task_id.toLowerCase().includes(search.trim().toLowerCase())),
    [file, search],
  );
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called while rendering, and only there
  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  return (
    <aside aria-label={`Tasks in ${side}`} className="hidden w-64 shrink-0 flex-col border-l lg:flex">
      <div className="border-b p-2">
        <Input
          type="search"
          aria-label="Find a task by its id"
          placeholder={`Find in ${file.tasks.length} tasks`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div
        ref={scroller}
        className="min-h-0 flex-1 overflow-y-auto"
        tabIndex={0}
        role="group"
        aria-label="Tasks, by line"
      >
        <ul className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const task = tasks[item.index];
            if (!task) return null;
            return (
              <li
                key={item.key}
                className="absolute inset-x-0 flex items-center gap-1 pr-1 pl-2"
                style={{ height: ROW, transform: `translateY(${item.start}px)` }}
              >
                <TaskLinks
                  id={task.task_id}
                  line={task.line}
                  href={taskHref(task.task_id, source)}
                  wrong={wrong.has(task.task_id)}
                  onGoTo={onGoTo}
                />
              </li>
            );
          })}
        </ul>
      </div>
    </aside>
  );
}

interface TaskLinksProps {
  id: string;
  line: number;
  href: string;
  /** Whether the file has a problem in this task. */
  wrong: boolean;
  onGoTo(line: number): void;
}

function TaskLinks({ id, line, href, wrong, onGoTo }: TaskLinksProps) {
  return (
    <>
      <button
        type="button"
        className="hover:bg-hover flex h-7 min-w-0 flex-1 items-center gap-2 rounded px-1.5 text-left"
        onClick={() => onGoTo(line)}
      >
        {wrong && <CircleAlert className="text-bad-text size-3.5 shrink-0" aria-label="has a problem" />}
        <span className="truncate font-medium">{id}</span>
        <span className="text-muted ml-auto text-xs tabular-nums">line {line}</span>
      </button>
      <Link
        href={href}
        aria-label={`Open task ${id}`}
        className="hover:bg-hover text-muted flex size-7 items-center justify-center rounded"
      >
        <ArrowUpRight className="size-3.5" aria-hidden />
      </Link>
    </>
  );
}
