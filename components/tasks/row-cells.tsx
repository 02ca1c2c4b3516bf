"use client";

import clsx from "clsx";
import { CircleCheck, CircleDashed, GitCompareArrows } from "lucide-react";
import { Link } from "../ui/link.tsx";
import type { ListedTask } from "../live/task-rows.ts";
import { cronInWords } from "./cron-words.ts";
import { standingInWords, SYNC } from "./sync-words.ts";

/** The task's name, as a button for assistive technology; a press anywhere in the row opens it as well. */
export function Title({
  name,
  source,
  narrow,
  wide,
}: {
  name: string;
  source: string | null;
  narrow: string;
  wide: string | null;
}) {
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        className="block max-w-full truncate text-left font-medium hover:underline"
      >
        {name}
      </button>
      <p className="text-muted truncate text-xs">
        {source !== null && <span className="xl:hidden">{source} · </span>}
        <span className="md:hidden">{narrow}</span>
        <span className="hidden md:inline">{wide}</span>
      </p>
    </>
  );
}

export function Schedule({ cron, timezone }: { cron: string; timezone: string }) {
  const words = cronInWords(cron);
  return (
    <div title={words ?? cron}>
      <p className="truncate">{words ?? "No description for this expression"}</p>
      <p className="text-muted truncate font-mono text-xs">
        {cron} <span className="font-sans">{timezone}</span>
      </p>
    </div>
  );
}

const ICON = { synced: CircleCheck, pending: CircleDashed, conflict: GitCompareArrows } as const;

export function Standing({ standing }: { standing: ListedTask["standing"] }) {
  const { text } = SYNC[standing.sync];
  const Icon = ICON[standing.sync];
  return (
    <div
      title={standingInWords(standing)}
      className={clsx(
        "flex items-center gap-1.5 text-xs font-medium",
        standing.sync === "synced" ? "text-ok-text" : "text-warn-text",
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      {standing.sync === "conflict" ? (
        <Link href="/conflicts" data-keep tabIndex={-1} className="sr-only hover:underline md:not-sr-only">
          {text}
        </Link>
      ) : (
        <span className="sr-only md:not-sr-only">{text}</span>
      )}
    </div>
  );
}
