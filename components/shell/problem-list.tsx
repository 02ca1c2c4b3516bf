"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "../ui/link.tsx";
import type { ProblemJson } from "../../lib/protocol/problem.ts";
import { call } from "../live/api.ts";
import { adviceOn } from "./problem-words.ts";
import { useSideNames } from "./use-side-names.ts";
import { quote } from "./quote-lines.ts";
import { useTaskNames } from "./use-task-names.ts";

/** Every problem with its place, the lines around it, and what to do. */
export function ProblemList({
  problems,
  source,
  onLeave,
}: {
  problems: readonly ProblemJson[];
  source?: string;
  onLeave(): void;
}) {
  const nameOf = useTaskNames(problems.map((each) => ({ ...each, source: each.source ?? source })));
  return (
    <ul className="flex flex-col gap-4">
      {problems.map((problem, i) => (
        <OneProblem
          key={i}
          problem={problem}
          source={problem.source ?? source}
          named={problem.source !== undefined}
          task={nameOf(problem)}
          onLeave={onLeave}
        />
      ))}
    </ul>
  );
}

function OneProblem({
  problem,
  source,
  named,
  task,
  onLeave,
}: {
  problem: ProblemJson;
  source: string | undefined;
  named: boolean;
  /** The name of the problem's task, where it has one that is known. */
  task: string | undefined;
  onLeave(): void;
}) {
  // A line number in sources.yml is not a line of the source's file.
  const inFile = problem.line !== undefined && problem.code !== "sources_file";
  const names = useSideNames(source);
  const { data: file } = useQuery({
    queryKey: ["file", "text", source ?? null],
    queryFn: () => call("GET /api/sync/file", { query: { source } }),
    enabled: inFile,
    retry: false,
  });
  return (
    <li className="flex flex-col gap-1.5">
      <p className="font-medium">
        {named && <span className="text-muted font-normal">{source}: </span>}
        {task !== undefined && `${task}: `}
        {problem.message}
        {problem.line !== undefined && (
          <span className="text-muted font-normal tabular-nums">
            {" "}
            Line {problem.line}
            {problem.column !== undefined && `, column ${problem.column}`}
          </span>
        )}
      </p>
      {inFile && typeof file?.text === "string" && problem.line !== undefined && (
        <Quote text={file.text} line={problem.line} column={problem.column} />
      )}
      <p className="text-muted">
        {adviceOn(problem.code, names)}{" "}
        {inFile && (
          <Link
            href={`/file?${source === undefined ? "" : `source=${encodeURIComponent(source)}&`}line=${problem.line}`}
            onClick={onLeave}
            className="text-accent-text underline"
          >
            {names.isFile ? `Open in ${names.side}` : "See it as YAML"}
          </Link>
        )}
      </p>
    </li>
  );
}

export function Quote({ text, line, column }: { text: string; line: number; column: number | undefined }) {
  return (
    <pre
      className="bg-hover overflow-x-auto rounded-md py-2 text-xs leading-5"
      tabIndex={0}
      aria-label={`Lines around line ${line}`}
    >
      {quote(text, line).map((each) => (
        <span key={each.number} className={each.number === line ? "bg-bad-soft block px-3" : "block px-3"}>
          <span className="text-muted mr-3 inline-block w-8 text-right select-none">{each.number}</span>
          {each.number === line && column !== undefined ? (
            <Marked text={each.text} column={column} />
          ) : (
            each.text
          )}
        </span>
      ))}
    </pre>
  );
}

function Marked({ text, column }: { text: string; column: number }) {
  const at = column - 1;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-bad text-on-accent rounded-xs">{text.slice(at, at + 1) || " "}</mark>
      {text.slice(at + 1)}
    </>
  );
}
