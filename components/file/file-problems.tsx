"use client";

import { CircleAlert } from "lucide-react";
import type { ProblemJson } from "../../lib/protocol/problem.ts";
import { plural } from "../shell/run-words.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { taskNamed, useTaskNames } from "../shell/use-task-names.ts";
import { Button } from "../ui/button.tsx";

const SHOWN = 20;

/** The problems of the file, each with its place, the line, and a link to it. */
export function FileProblems({
  problems,
  text,
  source,
  onGoTo,
}: {
  problems: readonly ProblemJson[];
  text: string | null;
  source: string | undefined;
  onGoTo(line: number): void;
}) {
  const { side } = useSideNames(source);
  const nameOf = useTaskNames(problems.slice(0, SHOWN).map(({ task_id }) => ({ task_id, source })));
  if (problems.length === 0) return null;
  const lines = text?.split("\n") ?? [];
  return (
    <section
      aria-label={`Problems in ${side}`}
      className="bg-bad-soft max-h-56 shrink-0 overflow-y-auto rounded-lg px-3 py-2"
      tabIndex={0}
    >
      <h2 className="text-bad-text flex items-center gap-1.5 text-sm font-semibold">
        <CircleAlert className="size-4" aria-hidden /> {plural(problems.length, "problem")}
      </h2>
      <ul className="mt-1 flex flex-col gap-1.5">
        {problems.slice(0, SHOWN).map((problem, i) => (
          <li key={i} className="text-sm">
            <div className="flex flex-wrap items-baseline gap-x-2">
              {problem.line !== undefined && (
                <Button
                  look="ghost"
                  size="small"
                  className="text-bad-text -ml-2 underline"
                  onClick={() => onGoTo(problem.line ?? 1)}
                >
                  Line {problem.line}
                  {problem.column !== undefined && `, column ${problem.column}`}
                </Button>
              )}
              {problem.task_id !== undefined && (
                <span className="font-medium">{taskNamed(problem.task_id, nameOf(problem))}</span>
              )}
              <span>{problem.message}</span>
            </div>
            {problem.line !== undefined && lines[problem.line - 1] !== undefined && (
              <pre className="mt-0.5 overflow-hidden font-mono text-xs text-ellipsis">
                {lines[problem.line - 1]?.trim().slice(0, 200)}
              </pre>
            )}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && (
        <p className="mt-1 text-xs">The first {SHOWN} are shown; the gutter marks them all.</p>
      )}
    </section>
  );
}
