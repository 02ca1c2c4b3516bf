"use client";

import { X } from "lucide-react";
import { Link } from "../ui/link.tsx";
import type { RoundJson, RoundSource } from "../../lib/protocol/round.ts";
import { countsInWords, plural } from "../shell/run-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Progress } from "../ui/progress.tsx";
import { ROUND } from "./source-words.ts";

/** The progress, source by source, of a round that this page asked for. */
export function RoundStrip({ round, onClose }: { round: RoundJson; onClose(): void }) {
  const over = round.finished_at !== null;
  return (
    <section
      aria-label="Round"
      className="bg-surface mx-4 mb-3 flex flex-col gap-2 rounded-lg border p-3 sm:mx-6"
    >
      <div className="flex items-center gap-3">
        <p role="status" className="font-medium tabular-nums">
          {over
            ? `Done: ${plural(round.total, "source")}`
            : `${round.done} of ${plural(round.total, "source")} done`}
        </p>
        <div className="min-w-0 flex-1">
          {!over && <Progress done={round.done} total={round.total} label="Sources of the round" />}
        </div>
        <Button look="ghost" size="icon-small" aria-label="Close the round" onClick={onClose}>
          <X />
        </Button>
      </div>
      <ol className="flex max-h-48 flex-col overflow-y-auto">
        {round.sources.map((each) => (
          <Line key={each.source} each={each} />
        ))}
      </ol>
    </section>
  );
}

function Line({ each: { source, state, reason, run, progress } }: { each: RoundSource }) {
  const { text, tone } = ROUND[state];
  return (
    <li data-source={source} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1 text-sm">
      <span className="w-40 max-w-full truncate font-medium">{source}</span>
      <Badge tone={tone} dot>
        {text}
      </Badge>
      {state === "running" && progress && (
        <span className="w-32">
          <Progress done={progress.done} total={progress.total} label={`Running ${source}`} />
        </span>
      )}
      <span className="text-muted text-xs">
        {run ? (
          <Link href={`/history/${run.id}`} className="hover:underline">
            {run.halt?.reason ?? countsInWords(run.counts)}
          </Link>
        ) : (
          reason
        )}
      </span>
    </li>
  );
}
