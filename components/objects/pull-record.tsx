"use client";

import type { ReactNode } from "react";
import type { PullJson } from "../../lib/protocol/pull.ts";
import { ProblemList } from "../shell/problem-list.tsx";
import { Badge } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";
import { changesInWords, proofInWords, PULL_KIND, PULL_STATE } from "./pull-words.ts";

/** One pull: what it read and changed, and what that proves. */
export function PullRecord({ pull, onLeave }: { pull: PullJson; onLeave(): void }) {
  const { text, tone } = PULL_STATE[pull.state];
  const number = (value: number | null) => (value === null ? "not told" : value.toLocaleString("en"));
  return (
    <article aria-label={`${PULL_KIND[pull.kind]}, ${text}`} className="bg-surface rounded-lg border">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b px-3 py-2">
        <Badge tone={tone} dot>
          {text}
        </Badge>
        <h3 className="font-medium">{PULL_KIND[pull.kind]}</h3>
        <span className="text-muted ml-auto text-xs">
          <Time at={pull.started_at} />
          {tookInWords(pull)}
        </span>
      </header>
      <div className="flex flex-col gap-3 px-3 py-2.5">
        <p className={tone === "bad" ? "text-bad-text break-words" : "text-muted"}>{proofInWords(pull)}</p>
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-4">
          <Fact name="Pages">{number(pull.pages)}</Fact>
          <Fact name="Items">{number(pull.items)}</Fact>
          <Fact name="Keys">{number(pull.unique_ids)}</Fact>
          <Fact name="Total told">{number(pull.declared_total)}</Fact>
          {(pull.lists ?? 1) > 1 && (
            <Fact name="Lists read">
              {number(pull.lists_read)} of {number(pull.lists)}
            </Fact>
          )}
          {pull.pass > 1 && <Fact name="Times read">{pull.pass}</Fact>}
          {pull.resumed > 0 && <Fact name="Gone on with">{pull.resumed} times</Fact>}
          <Fact name="Changes" wide>
            {changesInWords(pull)}
          </Fact>
        </dl>
        {pull.last_request !== null && (
          <p className="text-xs">
            <span className="text-muted">Last request </span>
            <code className="font-mono break-all">{pull.last_request}</code>
          </p>
        )}
        {pull.problems.length > 0 && (
          <div
            role="group"
            aria-label="Problems of the pull"
            className="bg-bad-soft rounded-md p-3 break-words"
          >
            <ProblemList problems={pull.problems} source={pull.source} onLeave={onLeave} />
          </div>
        )}
      </div>
    </article>
  );
}

function Fact({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? "col-span-2 min-w-0" : "min-w-0"}>
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="break-words tabular-nums">{children}</dd>
    </div>
  );
}

/** `, 1.4 s`; empty while it is under way. */
function tookInWords({ started_at, finished_at }: PullJson): string {
  if (finished_at === null) return "";
  const seconds = (Date.parse(finished_at) - Date.parse(started_at)) / 1_000;
  return `, took ${seconds < 100 ? seconds.toFixed(1) : Math.round(seconds).toLocaleString("en")} s`;
}
