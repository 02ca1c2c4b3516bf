import { Link } from "../ui/link.tsx";
import type { ProblemJson } from "../../lib/protocol/problem.ts";

const SHOWN = 50;

export function RunProblems({ problems, file }: { problems: readonly ProblemJson[]; file: boolean }) {
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
            {problem.task_id !== undefined && <span className="font-medium">task {problem.task_id}: </span>}
            {problem.message}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && <p className="mt-1 text-xs">and {problems.length - SHOWN} more</p>}
      {file && (
        <p className="mt-2 text-xs">
          <Link href="/file" className="text-bad-text underline">
            Look at the file
          </Link>
        </p>
      )}
    </section>
  );
}
