import type { ProblemJson } from "../lib/protocol/problem.ts";

export function ProblemList({ problems }: { problems: ProblemJson[] }) {
  if (problems.length === 0) return null;
  return (
    <ul aria-label="Problems" className="mt-3 flex flex-col gap-1 text-sm text-red-800 dark:text-red-300">
      {problems.map((problem, i) => (
        <li key={i}>
          {problem.line !== undefined && (
            <span className="tabular-nums">
              Line {problem.line}
              {problem.column !== undefined && `, column ${problem.column}`}:{" "}
            </span>
          )}
          {problem.message}
        </li>
      ))}
    </ul>
  );
}
