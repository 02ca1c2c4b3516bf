/** A point in time, in UTC to the minute; the exact time as a tooltip. */
export function Time({ at }: { at: string | null }) {
  if (at === null) return <span aria-label="none">–</span>;
  return (
    <time dateTime={at} title={at} className="whitespace-nowrap tabular-nums">
      {at.slice(0, 16).replace("T", " ")} UTC
    </time>
  );
}
