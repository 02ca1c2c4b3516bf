"use client";

import type { LostTask } from "../../lib/protocol/run.ts";
import { taskHref } from "../shell/task-href.ts";
import { useTaskNames } from "../shell/use-task-names.ts";
import { Link } from "../ui/link.tsx";

const SHOWN = 100;

interface Props {
  ids: readonly string[];
  source: string | undefined;
  /** What is known of them beside their ids, since a task that is gone cannot be asked for. */
  known?: readonly LostTask[] | undefined;
}

/** Tasks by their ids and names, each with a link to it. */
export function TaskIds({ ids, source, known = [] }: Props) {
  const shown = ids.slice(0, SHOWN);
  const names = new Map(known.map(({ task_id, name }) => [task_id, name ?? undefined]));
  const nameOf = useTaskNames(shown.filter((id) => !names.has(id)).map((task_id) => ({ task_id, source })));
  return (
    <ul className="flex flex-wrap gap-1.5">
      {shown.map((id) => (
        <li key={id}>
          <Link
            href={taskHref(id, source)}
            className="bg-hover hover:text-accent-text inline-flex items-baseline gap-1.5 rounded px-1.5 py-0.5 text-xs"
          >
            <span className="text-muted font-mono">{id}</span>
            {names.get(id) ?? nameOf({ task_id: id, source })}
          </Link>
        </li>
      ))}
      {ids.length > SHOWN && <li className="text-muted text-xs">and {ids.length - SHOWN} more</li>}
    </ul>
  );
}
