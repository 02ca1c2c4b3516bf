import type { Json } from "../../lib/json.ts";
import type { FieldDiff } from "../../lib/protocol/run.ts";

/** Fields with their values before and after. */
export function FieldDiffs({ diffs }: { diffs: readonly FieldDiff[] }) {
  if (diffs.length === 0) return null;
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1 text-xs">
      {diffs.map(({ field, before, after }) => (
        <div key={field} className="contents">
          <dt className="text-muted py-0.5 break-all">{field}</dt>
          <dd className="flex min-w-0 flex-wrap gap-x-2 gap-y-0.5 font-mono">
            {before !== undefined && (
              <del className="bg-bad-soft text-bad-text rounded px-1 py-0.5 break-all">{shown(before)}</del>
            )}
            {after !== undefined && (
              <ins className="bg-ok-soft text-ok-text rounded px-1 py-0.5 break-all no-underline">
                {shown(after)}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shown(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
