"use client";

import {
  GitCompareArrows,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Play,
  SlidersHorizontal,
  UserRound,
} from "lucide-react";
import type { AuditEntry, AuditSubject } from "../../lib/protocol/audit.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { actorInWords } from "./actor-words.ts";
import { EntryDetails } from "./entry-details.tsx";
import { toneOf, whatInWords } from "./entry-words.ts";
import { RowHead } from "./row-head.tsx";

const ICON: Record<AuditSubject, LucideIcon> = {
  task: ListChecks,
  conflict: GitCompareArrows,
  run: Play,
  setting: SlidersHorizontal,
  user: UserRound,
  token: KeyRound,
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
  const names = useSideNames(entry.source ?? undefined);
  const { name } = actorInWords(entry, names);
  const what = whatInWords(entry, names);
  const details = `audit-${entry.id}`;
  return (
    <article aria-label={`${name} ${what}`}>
      <RowHead
        entry={entry}
        words={<span>{what}</span>}
        place={entry.address !== null && <span className="hidden font-mono lg:inline">{entry.address}</span>}
        icon={ICON[entry.subject]}
        tone={toneOf(entry.action)}
        open={open}
        onOpen={onOpen}
        details={details}
      />
      {open && (
        <div id={details} className="bg-background border-t">
          <EntryDetails entry={entry} onActor={onActor} />
        </div>
      )}
    </article>
  );
}
