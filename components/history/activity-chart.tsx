"use client";

import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { ActivityJson } from "../../lib/protocol/activity.ts";
import { plural } from "../shell/run-words.ts";
import { type ActivityBucket, bucketName } from "./activity-words.ts";

const BARS = [
  { key: "succeeded", name: "succeeded", colour: "var(--ok)" },
  { key: "conflicted", name: "with conflicts", colour: "var(--warn)" },
  { key: "halted", name: "halted", colour: "var(--bad)" },
  { key: "failed", name: "failed", colour: "var(--bad-hover)" },
] as const;
const TICK = { fill: "var(--muted)", fontSize: 11 };

/** Bars: runs by outcome. Line: tasks changed. Loaded after the page, because the chart library is large. */
export default function ActivityChart({ activity }: { activity: ActivityJson }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={activity.buckets}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="25%"
      >
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey={(bucket: ActivityBucket) => bucketName(bucket, activity)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--border-strong)" }}
          minTickGap={28}
        />
        <YAxis
          yAxisId="runs"
          allowDecimals={false}
          width={36}
          tick={TICK}
          tickLine={false}
          axisLine={false}
        />
        <YAxis
          yAxisId="changes"
          orientation="right"
          allowDecimals={false}
          width={40}
          tick={TICK}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          content={({ active, payload }) =>
            active ? (
              <Figures bucket={payload[0]?.payload as ActivityBucket | undefined} activity={activity} />
            ) : null
          }
        />
        {BARS.map(({ key, name, colour }) => (
          <Bar
            key={key}
            yAxisId="runs"
            dataKey={key}
            name={name}
            stackId="runs"
            fill={colour}
            isAnimationActive={false}
            maxBarSize={26}
          />
        ))}
        <Line
          yAxisId="changes"
          dataKey="changes"
          name="changes"
          stroke="var(--accent)"
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
          type="linear"
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function Figures({ bucket, activity }: { bucket: ActivityBucket | undefined; activity: ActivityJson }) {
  if (!bucket) return null;
  return (
    <div className="bg-raised rounded-md border px-2.5 py-1.5 text-xs shadow-lg">
      <p className="font-medium">{bucketName(bucket, activity)} UTC</p>
      {BARS.filter(({ key }) => bucket[key] > 0).map(({ key, name }) => (
        <p key={key}>
          {plural(bucket[key], "run")} {name}
        </p>
      ))}
      <p className="text-accent-text">{plural(bucket.changes, "change")}</p>
    </div>
  );
}
