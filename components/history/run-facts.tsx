"use client";

import { Link } from "../ui/link.tsx";
import type { ReactNode } from "react";
import type { RunSummary } from "../../lib/protocol/run.ts";
import { directionFromWire } from "../../lib/protocol/wire.ts";
import { countsInWords, directionInWords } from "../shell/run-words.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { useSourceIds } from "../shell/use-source.tsx";
import { Time } from "../ui/time.tsx";
import { durationInWords, whoInWords } from "./trigger-words.ts";

export function RunFacts({ run }: { run: RunSummary }) {
  const who = whoInWords(run);
  const names = useSideNames(run.source);
  const { several } = useSourceIds(true);
  return (
    <dl className="bg-surface grid grid-cols-2 gap-x-6 gap-y-3 rounded-lg border px-4 py-3 sm:grid-cols-3 lg:grid-cols-5">
      {several && (
        <Fact name="Source">
          <Link
            href={`/ui/sync-intervals?open=${encodeURIComponent(run.source)}`}
            className="hover:underline"
          >
            {run.source}
          </Link>
        </Fact>
      )}
      <Fact name="Result">{countsInWords(run.counts)}</Fact>
      <Fact name="Began">
        <Time at={run.started_at} show="both" />
      </Fact>
      <Fact name="Took">{durationInWords(run.duration_ms)}</Fact>
      <Fact name="Direction">{directionInWords(directionFromWire(run.direction), names).text}</Fact>
      <Fact name="Asked for by">{who === "" ? "no one: it started by itself" : who}</Fact>
      {run.reverts !== undefined && (
        <Fact name="Undid">
          <Link href={`/history/${run.reverts}`} className="text-accent-text underline">
            an earlier run
          </Link>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="mt-0.5 break-words [&_time]:whitespace-normal">{children}</dd>
    </div>
  );
}
