"use client";

import type { ReactNode } from "react";
import type { SourceSample } from "../../lib/protocol/sample.ts";
import { Data } from "../objects/json-view.tsx";
import { ProblemList } from "../shell/problem-list.tsx";
import { plural } from "../shell/run-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";

/** The first request of a source, step by step: what was sent, what came, and what is made of it. */
export function SampleView({ sample, lines }: { sample: SourceSample; lines: string | null }) {
  const { status, problems, rows, next, found } = sample;
  const ofTasks = rows.some(({ task }) => task !== undefined);
  const wasRead = status === 200 || found > 0;
  return (
    <ol aria-label="What the test found" className="flex flex-col gap-3 text-sm">
      <Step name="Request">
        <code className="font-mono text-xs break-all">{sample.request}</code>
        <Headers headers={sample.headers} />
      </Step>
      {(status !== null || !wasRead) && (
        <Step name="Answer">
          <Badge tone={status === 200 ? "ok" : "bad"}>{status === null ? "none" : status}</Badge>{" "}
          <span className="text-muted tabular-nums">after {sample.duration_ms.toLocaleString("en")} ms</span>
        </Step>
      )}
      {problems.length > 0 && (
        <Step name="Problems">
          <div className="bg-bad-soft rounded-md p-3 break-words">
            <ProblemList problems={problems} onLeave={() => undefined} />
          </div>
        </Step>
      )}
      {wasRead && (
        <>
          <Step name="Selector">
            It found {plural(sample.found, "item")}{" "}
            {sample.partial ? "where the test stopped reading this large page" : "on this page"}
            {sample.total === null
              ? "."
              : `; the answer promises ${sample.total.toLocaleString("en")} in all.`}
          </Step>
          {rows.length > 0 && (
            <Step name={`${ofTasks ? "Key and task" : "Key"} of the first ${plural(rows.length, "item")}`}>
              <Rows rows={rows} />
            </Step>
          )}
          <Step name="Paginator">
            {sample.partial ? (
              "The next page is not known, because it may depend on the end of this one."
            ) : next === null ? (
              "This is the last page."
            ) : (
              <>
                The next page is <code className="font-mono text-xs break-all">{sample.next_request}</code>
              </>
            )}
          </Step>
        </>
      )}
      {lines !== null && (
        <Step name="As lines of sources.yml">
          <pre tabIndex={0} className="bg-hover overflow-x-auto rounded-md p-2 font-mono text-xs">
            {lines}
          </pre>
        </Step>
      )}
    </ol>
  );
}

function Step({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="flex flex-col gap-0.5">
      <span className="text-muted text-xs">{name}</span>
      <div className="min-w-0">{children}</div>
    </li>
  );
}

function Headers({ headers }: { headers: SourceSample["headers"] }) {
  const all = Object.entries(headers);
  if (all.length === 0) return null;
  return (
    <ul aria-label="Headers" className="text-muted font-mono text-xs">
      {all.map(([name, value]) => (
        <li key={name} className="break-all">
          {name}: {value}
        </li>
      ))}
    </ul>
  );
}

type Row = SourceSample["rows"][number];

/** The task that comes of an item, and why it would be held. */
function MadeTask({
  task,
  problems,
  number,
}: {
  task: NonNullable<Row["task"]>;
  problems: NonNullable<Row["problems"]>;
  number: number;
}) {
  return (
    <div className="flex flex-col gap-1 border-t border-dashed pt-1">
      <p className="text-muted text-xs">
        becomes the task {problems.length > 0 && <Badge tone="bad">which would be held</Badge>}
      </p>
      <Data data={task} label={`Task of item ${number}`} brief />
      {problems.map(({ message }) => (
        <p key={message} className="text-bad-text text-xs break-words">
          {message}
        </p>
      ))}
    </div>
  );
}

function Rows({ rows }: { rows: SourceSample["rows"] }) {
  return (
    <ol className="divide-y rounded-md border">
      {rows.map(({ key, parent, updated_at, data, task, problems = [] }, at) => (
        <li key={at} className="flex flex-col gap-1 px-2 py-1.5">
          <p className="flex flex-wrap items-center gap-x-2">
            {key === null ? (
              <Badge tone="bad">no key</Badge>
            ) : (
              <span className="font-mono text-xs font-medium break-all">{key}</span>
            )}
            {parent !== null && <span className="text-muted text-xs">in {parent}</span>}
            {updated_at !== null && (
              <span className="text-muted ml-auto text-xs">
                changed there <Time at={updated_at} />
              </span>
            )}
          </p>
          <Data data={data} label={`Item ${at + 1}`} brief />
          {task !== undefined && <MadeTask task={task} problems={problems} number={at + 1} />}
        </li>
      ))}
    </ol>
  );
}
