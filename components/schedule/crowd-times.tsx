import type { Starts } from "../../lib/schedule/starts.ts";
import { plural } from "../shell/run-words.ts";
import type { Axis } from "./axis.ts";
import { whenInWords } from "./row-words.ts";
import type { TimelineRow } from "./timeline-rows.ts";

const SHOWN = 12;

/** The times at which the tasks of a row start together: those to come first. */
export function CrowdTimes({ row, starts, axis }: { row: TimelineRow; starts: Starts; axis: Axis }) {
  const all = [...row.minutes].map((minute) => starts.from + minute);
  const coming = all.filter((minute) => minute >= axis.now);
  const shown = coming.length > 0 ? coming.slice(0, SHOWN) : all.slice(-SHOWN);
  return (
    <section>
      <h3 className="mb-1 font-semibold">{coming.length > 0 ? "Next times" : "Last times"}</h3>
      <ul className="flex flex-wrap gap-1.5 tabular-nums">
        {shown.map((minute) => (
          <li key={minute} className="bg-hover rounded px-1.5 py-0.5 text-xs">
            {whenInWords(minute, axis, row)}
          </li>
        ))}
        {coming.length > SHOWN && (
          <li className="text-muted px-1 py-0.5 text-xs">
            and {plural(coming.length - SHOWN, "more time", "more times")}
          </li>
        )}
      </ul>
    </section>
  );
}
