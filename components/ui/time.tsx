"use client";

import { formatAbsolute, formatRelative, formatZoned } from "./format-time.ts";
import { useNow } from "./page-clock.ts";

/**
 * Shows a point in time: relative, absolute (in `timezone`, by default UTC) or both. The tooltip is always absolute.
 * `short` is absolute without the zone's name, `zoned` without the year.
 */
export function Time({
  at,
  timezone = "UTC",
  show = "relative",
}: {
  at: string | null;
  timezone?: string;
  show?: "relative" | "absolute" | "short" | "zoned" | "both";
}) {
  const present = useNow();
  if (at === null) return <span aria-label="none">–</span>;
  const absolute = formatAbsolute(at, timezone);
  const relative = present === 0 ? absolute : formatRelative(at, present);
  return (
    <time dateTime={at} title={`${absolute} (${at})`} className="whitespace-nowrap tabular-nums">
      {show === "short"
        ? absolute.slice(0, 16)
        : show === "zoned"
          ? formatZoned(at, timezone)
          : show === "absolute"
            ? absolute
            : show === "relative"
              ? relative
              : `${relative}, ${absolute}`}
    </time>
  );
}
