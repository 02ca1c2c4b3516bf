"use client";

import clsx from "clsx";
import { Link } from "../ui/link.tsx";
import type { RunSummary } from "../../lib/protocol/run.ts";
import { directionFromWire } from "../../lib/protocol/wire.ts";
import { countsInWords, OUTCOME, plural } from "../shell/run-words.ts";
import { useIsOfObjects } from "../shell/use-of-objects.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { useSourceIds } from "../shell/use-source.tsx";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";
import { durationInWords, TRIGGER_ICON, triggerInWords, whoInWords } from "./trigger-words.ts";

const ICON: Record<Tone, string> = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent-text",
  ok: "bg-ok-soft text-ok-text",
  warn: "bg-warn-soft text-warn-text",
  bad: "bg-bad-soft text-bad-text",
};

/** One run in the timeline; the whole row is a link to the run's page. */
export function RunRow({ run }: { run: RunSummary }) {
  const Icon = TRIGGER_ICON[run.trigger];
  const names = useSideNames(run.source);
  const outcome = OUTCOME[run.outcome];
  const who = whoInWords(run);
  const { several } = useSourceIds(true);
  const ofObjects = useIsOfObjects(run.source);
  return (
    <li>
      <Link
        href={`/history/${run.id}`}
        className="hover:bg-hover flex items-start gap-3 px-3 py-2.5 focus-visible:-outline-offset-2"
      >
        <span
          className={clsx(
            "mt-0.5 flex size-7 shrink-0 items-center justify-center rounded-full",
            ICON[outcome.tone],
          )}
        >
          <Icon className="size-3.5" aria-hidden />
        </span>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <span className="font-medium">{triggerInWords(run.trigger, names)}</span>
            {several && <Badge>{run.source}</Badge>}
            {run.outcome !== "succeeded" && <Badge tone={outcome.tone}>{outcome.text}</Badge>}
            {run.direction !== "bidirectional" && (
              <Badge>
                {directionFromWire(run.direction) === "file_to_database"
                  ? `${names.noun} → database`
                  : `database → ${names.noun}`}
              </Badge>
            )}
            {who !== "" && <span className="text-muted text-xs">by {who}</span>}
          </p>
          <p className="text-muted truncate text-xs">{whatHappened(run, ofObjects ? "object" : "task")}</p>
        </div>
        <p className="text-muted shrink-0 text-right text-xs">
          <Time at={run.started_at} />
          <span className="hidden tabular-nums sm:block">{durationInWords(run.duration_ms)}</span>
        </p>
      </Link>
    </li>
  );
}

function whatHappened({ halt, counts, problems }: RunSummary, noun: string): string {
  if (halt) return `Stopped before deleting ${plural(halt.deletions.length, noun)}: it waits for an admin`;
  const [problem] = problems;
  const { created, updated, deleted, merged, conflicts } = counts;
  if (problem && created + updated + deleted + merged + conflicts === 0) return problem.message;
  return countsInWords(counts);
}
