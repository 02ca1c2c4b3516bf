"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { FileJson } from "../../lib/protocol/file.ts";
import type { ProblemJson } from "../../lib/protocol/problem.ts";
import { api } from "../live/api.ts";
import { ADVICE } from "./problem-words.ts";
import { quote } from "./quote-lines.ts";

/** Every problem: where, the lines themselves, and what to do. */
export function ProblemList({ problems, onLeave }: { problems: readonly ProblemJson[]; onLeave(): void }) {
  const wanted = problems.some((problem) => problem.line !== undefined);
  const { data: file } = useQuery({ queryKey: ["file"], queryFn: () => api<FileJson>("GET", "/api/sync/file"), enabled: wanted, retry: false });
  return (
    <ul className="flex flex-col gap-4">
      {problems.map((problem, i) => (
        <li key={i} className="flex flex-col gap-1.5">
          <p className="font-medium">
            {problem.message}
            {problem.line !== undefined && (
              <span className="text-muted font-normal tabular-nums">
                {" "}
                Line {problem.line}
                {problem.column !== undefined && `, column ${problem.column}`}
              </span>
            )}
          </p>
          {typeof file?.text === "string" && problem.line !== undefined && <Quote text={file.text} line={problem.line} column={problem.column} />}
          <p className="text-muted">
            {ADVICE[problem.code]}{" "}
            {problem.line !== undefined && (
              <Link href={`/file?line=${problem.line}`} onClick={onLeave} className="text-accent-text underline">
                Open in the file
              </Link>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Quote({ text, line, column }: { text: string; line: number; column: number | undefined }) {
  return (
    <pre className="bg-hover overflow-x-auto rounded-md py-2 text-xs leading-5" tabIndex={0} aria-label={`Lines around line ${line}`}>
      {quote(text, line).map((each) => (
        <span key={each.number} className={each.number === line ? "bg-bad-soft block px-3" : "block px-3"}>
          <span className="text-muted mr-3 inline-block w-8 text-right select-none">{each.number}</span>
          {each.number === line && column !== undefined ? <Marked text={each.text} column={column} /> : each.text}
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
