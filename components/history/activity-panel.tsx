"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { ActivityJson, ActivityRange } from "../../lib/protocol/activity.ts";
import { ErrorState } from "../ui/error-state.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { activityInWords } from "./activity-words.ts";
import { ActivityTable } from "./activity-table.tsx";
import { StatsBySource } from "./stats-by-source.tsx";
import { StatsTiles } from "./stats-tiles.tsx";
import { useActivity, useStats } from "./use-runs.ts";

const ActivityChart = dynamic(() => import("./activity-chart.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="h-44 w-full" />,
});

const RANGES: readonly { value: ActivityRange; label: string }[] = [
  { value: "day", label: "24 hours" },
  { value: "week", label: "7 days" },
  { value: "month", label: "30 days" },
];

/** Runs and changes over time, as a chart, in words, and as a table; then what they amount to. */
export function ActivityPanel({ source }: { source: string | undefined }) {
  const [range, setRange] = useState<ActivityRange>("day");
  const { data, error, refetch } = useActivity(range, source);
  return (
    <section aria-labelledby="activity" className="bg-surface rounded-lg border">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 pt-3">
        <h2 id="activity" className="font-semibold">
          Activity
        </h2>
        <Legend />
        {data && <p className="text-muted text-xs">{activityInWords(data)}</p>}
        <div className="ml-auto">
          <Segmented
            label="How far back"
            options={RANGES}
            value={range}
            onValueChange={(next) => setRange(next)}
          />
        </div>
      </div>
      {data ? (
        <Figures activity={data} />
      ) : error ? (
        <ErrorState title="The activity could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton className="m-4 h-44" />
      )}
      <Stats range={range} source={source} />
    </section>
  );
}

function Stats({ range, source }: { range: ActivityRange; source: string | undefined }) {
  const { data, error, refetch } = useStats(range, source);
  if (data)
    return (
      <>
        <StatsTiles figures={data.totals} />
        {data.sources.length > 1 && <StatsBySource sources={data.sources} />}
      </>
    );
  if (error)
    return (
      <ErrorState title="The figures could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  return <Skeleton className="m-4 h-20" />;
}

function Legend() {
  return (
    <p aria-hidden className="text-muted hidden items-center gap-1.5 text-xs sm:flex">
      <span className="bg-ok inline-block size-2.5 rounded-sm" /> runs
      <span className="bg-accent ml-1.5 inline-block h-0.5 w-4" /> changes
    </p>
  );
}

function Figures({ activity }: { activity: ActivityJson }) {
  return (
    <>
      <div
        role="img"
        aria-label={`Chart: ${activityInWords(activity)}. The table below has the figures.`}
        className="h-48 px-2 pt-2"
      >
        <ActivityChart activity={activity} />
      </div>
      <details className="px-4 pb-3 text-xs">
        <summary className="text-muted hover:text-text w-fit py-1">As a table</summary>
        <ActivityTable activity={activity} />
      </details>
    </>
  );
}
