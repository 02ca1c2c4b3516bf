import type { ReactNode } from "react";
import type { StatsFigures } from "../../lib/protocol/stats.ts";
import { ShareBar } from "./share-bar.tsx";
import { changeShares, outcomeShares, percentInWords, rateInWords, sharesInWords } from "./stats-words.ts";
import { durationInWords } from "./trigger-words.ts";

/** The figures of some runs: each a large number, a bar, and a line that says what the bar shows. */
export function StatsTiles({ figures }: { figures: StatsFigures }) {
  const { runs, success_rate, created, updated, deleted, duration_ms } = figures;
  const outcomes = outcomeShares(figures);
  const changes = changeShares(figures);
  return (
    <dl className="grid gap-x-6 gap-y-4 px-4 pt-3 pb-4 sm:grid-cols-2 lg:grid-cols-4">
      <Tile name="Went through" figure={success_rate === null ? "no run" : percentInWords(success_rate)}>
        <ShareBar shares={outcomes} />
        <p>{sharesInWords(outcomes)}</p>
      </Tile>
      <Tile name="Runs" figure={String(runs)}>
        <p>{rateInWords(figures.runs_per_hour)}</p>
      </Tile>
      <Tile name="Changed tasks" figure={String(created + updated + deleted)}>
        <ShareBar shares={changes} />
        <p>{sharesInWords(changes)}</p>
      </Tile>
      <Tile name="A run takes" figure={duration_ms ? inWords(duration_ms.median) : "no run"}>
        {duration_ms && <Durations {...duration_ms} />}
      </Tile>
    </dl>
  );
}

/** Half of the runs are quicker than the large number; the bars compare it with the slow ones. */
function Durations({ median, p95, longest }: { median: number; p95: number; longest: number }) {
  return (
    <div className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-0.5">
      {[
        { name: "half within", ms: median },
        { name: "95 % within", ms: p95 },
        { name: "longest", ms: longest },
      ].map(({ name, ms }) => (
        <div key={name} className="contents">
          <span>{name}</span>
          <ShareBar shares={[{ name, count: 1, tone: "accent" }]} width={longest === 0 ? 0 : ms / longest} />
          <span className="text-right tabular-nums">{inWords(ms)}</span>
        </div>
      ))}
    </div>
  );
}

function Tile({ name, figure, children }: { name: string; figure: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="mt-0.5">
        <p className="text-lg font-semibold tabular-nums">{figure}</p>
        <div className="text-muted mt-1 flex flex-col gap-1 text-xs">{children}</div>
      </dd>
    </div>
  );
}

function inWords(milliseconds: number): string {
  return durationInWords(Math.round(milliseconds));
}
