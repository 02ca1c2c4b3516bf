import clsx from "clsx";
import { ChevronRight, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { AuditEntry } from "../../lib/protocol/audit.ts";
import type { Tone } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { actorInWords } from "./actor-words.ts";

const TONE: Record<Tone, string> = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent-text",
  ok: "bg-ok-soft text-ok-text",
  warn: "bg-warn-soft text-warn-text",
  bad: "bg-bad-soft text-bad-text",
};

interface Props {
  entry: AuditEntry;
  /** What was done, in words. */
  words: ReactNode;
  /** What stands before the time. */
  place?: ReactNode;
  icon: LucideIcon;
  tone: Tone;
  open: boolean;
  onOpen(open: boolean): void;
  /** The id of what opening it shows. */
  details: string;
}

/** The line of an entry, or of a group of them: who did what and when. Pressing it opens what is below. */
export function RowHead({ entry, words, place, icon: Icon, tone, open, onOpen, details }: Props) {
  const { name, by } = actorInWords(entry, useSideNames(entry.source ?? undefined));
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-controls={open ? details : undefined}
      onClick={() => onOpen(!open)}
      className="hover:bg-hover flex w-full items-start gap-3 px-3 py-2 text-left focus-visible:-outline-offset-2"
    >
      <span
        className={clsx("mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full", TONE[tone])}
      >
        <Icon className="size-3.5" aria-hidden />
      </span>
      <span className="min-w-0 flex-1 py-0.5 break-words">
        <span className="font-medium">{name}</span>
        {by !== null && <span className="text-muted text-xs"> ({by})</span>} {words}
      </span>
      <span className="text-muted flex shrink-0 items-center gap-2 py-0.5 text-xs">
        {place}
        <Time at={entry.at} />
        <ChevronRight className={clsx("size-3.5 transition-transform", open && "rotate-90")} aria-hidden />
      </span>
    </button>
  );
}
