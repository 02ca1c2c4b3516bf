"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { PHASE, plural } from "../shell/run-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";
import { FreshnessBadge } from "./freshness.tsx";
import { type ObjectType, type PlacedType, typesInOrder } from "./types-in-order.ts";

interface Props {
  types: readonly ObjectType[];
  sources: readonly SourceJson[];
  /** The source whose objects are listed alone; null: none is. */
  chosen: string | null;
  onChoose(source: string | null): void;
  onPulls(source: string): void;
}

/** The types, each after the one that it hangs from, with their number and how fresh they are. */
export function TypeStrip({ types, sources, chosen, onChoose, onPulls }: Props) {
  return (
    <ol
      aria-label="Types of objects"
      tabIndex={0}
      className="relative flex shrink-0 items-stretch gap-2 overflow-x-auto px-4 pb-3 sm:px-6"
    >
      {typesInOrder(types).map((placed) => (
        <TypeCard
          key={placed.type.source}
          {...placed}
          source={sources.find(({ id }) => id === placed.type.source)}
          chosen={chosen === placed.type.source}
          onChoose={onChoose}
          onPulls={onPulls}
        />
      ))}
    </ol>
  );
}

interface CardProps extends PlacedType, Pick<Props, "onChoose" | "onPulls"> {
  source: SourceJson | undefined;
  chosen: boolean;
}

function TypeCard({ type, follows, source, chosen, onChoose, onPulls }: CardProps) {
  const { objects, deleted, freshness, parent_source: parent } = type;
  return (
    <li data-type={type.source} className="flex shrink-0 items-center gap-2">
      {follows && <ChevronRight className="text-muted size-4" aria-label={`hang from ${parent}`} />}
      <div
        className={clsx(
          "bg-surface flex h-full flex-col rounded-lg border text-sm",
          chosen && "!border-accent ring-accent ring-1",
        )}
      >
        <button
          type="button"
          aria-pressed={chosen}
          title={chosen ? "Show the whole tree" : `Show only ${type.type}`}
          onClick={() => onChoose(chosen ? null : type.source)}
          className="hover:bg-hover flex flex-col gap-1 rounded-t-lg px-3 pt-2 pb-1.5 text-left"
        >
          <span className="flex items-center gap-2">
            <span className="max-w-40 truncate font-medium">{type.type}</span>
            <FreshnessBadge of={freshness} />
          </span>
          <span className="text-muted text-xs tabular-nums">
            <span className="text-text text-base font-semibold">{objects.toLocaleString("en")}</span>
            {deleted > 0 && ` · ${deleted.toLocaleString("en")} deleted`}
            {type.source !== type.type && ` · ${type.source}`}
            {parent !== null && !follows && ` · in ${parent}`}
          </span>
        </button>
        <button
          type="button"
          onClick={() => onPulls(type.source)}
          className="text-muted hover:bg-hover hover:text-text flex items-center gap-2 rounded-b-lg border-t px-3 py-1 text-left text-xs"
        >
          <LastPull type={type} source={source} />
          <span className="sr-only">: pulls of {type.source}</span>
        </button>
      </div>
    </li>
  );
}

/** What is most worth knowing about the pulls of a type. */
function LastPull({ type, source }: { type: ObjectType; source: SourceJson | undefined }) {
  if (source && source.phase !== "idle") return <Badge tone="accent">{PHASE[source.phase]}</Badge>;
  if (source?.halt) return <Badge tone="bad">Halted</Badge>;
  if (source && source.problems.length > 0)
    return <Badge tone="bad">{plural(source.problems.length, "problem")}</Badge>;
  if (type.checked_at === null) return <span>Not pulled yet</span>;
  return (
    <span>
      Checked <Time at={type.checked_at} />
    </span>
  );
}
