"use client";

import { Link } from "../ui/link.tsx";
import type { ProblemJson } from "../../lib/protocol/problem.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { taskNamed, useTaskNames } from "../shell/use-task-names.ts";

const SHOWN = 50;

interface Props {
  problems: readonly ProblemJson[];
  source: string;
  /** Whether the source has tasks, whose text can be looked at. */
  file: boolean;
}

/** The problems of a run, those of tasks with their names. */
export function RunProblems({ problems, source, file }: Props) {
  const { side, isFile } = useSideNames(source);
  const nameOf = useTaskNames(problems.slice(0, SHOWN).map(({ task_id }) => ({ task_id, source })));
  if (problems.length === 0) return null;
  return (
    <section aria-labelledby="problems" className="bg-bad-soft rounded-lg px-4 py-3">
      <h2 id="problems" className="text-bad-text font-semibold">
        Problems
      </h2>
      <ul className="mt-1 flex flex-col gap-1">
        {problems.slice(0, SHOWN).map((problem, i) => (
          <li key={i}>
            {problem.line !== undefined && (
              <span className="text-bad-text tabular-nums">
                line {problem.line}
                {problem.column !== undefined && `:${problem.column}`}{" "}
              </span>
            )}
            {problem.task_id !== undefined && (
              <span className="font-medium">{taskNamed(problem.task_id, nameOf(problem))}: </span>
            )}
            {problem.message}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && <p className="mt-1 text-xs">and {problems.length - SHOWN} more</p>}
      {file && (
        <p className="mt-2 text-xs">
          <Link href={`/file?source=${encodeURIComponent(source)}`} className="text-bad-text underline">
            {isFile ? `Look at ${side}` : "Look at its tasks as YAML"}
          </Link>
        </p>
      )}
    </section>
  );
}
