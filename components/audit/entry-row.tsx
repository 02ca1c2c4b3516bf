"use client";

import clsx from "clsx";
import {
  ChevronRight,
  GitCompareArrows,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Play,
  SlidersHorizontal,
  UserRound,
} from "lucide-react";
import type { AuditEntry, AuditSubject } from "../../lib/protocol/audit.ts";
import type { Tone } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";
import { actorInWords } from "./actor-words.ts";
import { EntryDetails } from "./entry-details.tsx";
import { toneOf, whatInWords } from "./entry-words.ts";

const ICON: Record<AuditSubject, LucideIcon> = {
  task: ListChecks,
  conflict: GitCompareArrows,
  run: Play,
  setting: SlidersHorizontal,
  user: UserRound,
  token: KeyRound,
};

const TONE: Record<Tone, string> = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent-text",
  ok: "bg-ok-soft text-ok-text",
  warn: "bg-warn-soft text-warn-text",
  bad: "bg-bad-soft text-bad-text",
};

interface Props {
  entry: AuditEntry;
  open: boolean;
  onOpen(open: boolean): void;
  /** Filters the list by this actor; undefined when the list cannot be filtered. */
  onActor?: ((actor: string) => void) | undefined;
}

/** One entry in a line; opening it shows every detail. */
export function EntryRow({ entry, open, onOpen, onActor }: Props) {
  const Icon = ICON[entry.subject];
  const { name, by } = actorInWords(entry);
  const details = `audit-${entry.id}`;
  return (
    <article aria-label={`${name} ${whatInWords(entry)}`}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        onClick={() => onOpen(!open)}
        className="hover:bg-hover flex w-full items-start gap-3 px-3 py-2 text-left focus-visible:-outline-offset-2"
      >
        <span
          className={clsx(
            "mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full",
            TONE[toneOf(entry.action)],
          )}
        >
          <Icon className="size-3.5" aria-hidden />
        </span>
        <span className="min-w-0 flex-1 py-0.5 break-words">
          <span className="font-medium">{name}</span>
          {by !== null && <span className="text-muted text-xs"> ({by})</span>}{" "}
          <span>{whatInWords(entry)}</span>
        </span>
        <span className="text-muted flex shrink-0 items-center gap-2 py-0.5 text-xs">
          {entry.address !== null && <span className="hidden font-mono lg:inline">{entry.address}</span>}
          <Time at={entry.at} />
          <ChevronRight className={clsx("size-3.5 transition-transform", open && "rotate-90")} aria-hidden />
        </span>
      </button>
      {open && (
        <div id={details} className="bg-background border-t">
          <EntryDetails entry={entry} onActor={onActor} />
        </div>
      )}
    </article>
  );
}
