import type { Json } from "../../lib/json.ts";
import type { FieldDiff } from "../../lib/protocol/run.ts";

/** The value of each field before and after the change. On a phone one is below the other. */
export function FieldDiffs({ diffs }: { diffs: readonly FieldDiff[] }) {
  if (diffs.length === 0) return <p className="text-muted px-3 py-2 text-sm">No field differs.</p>;
  return (
    <table className="w-full table-fixed text-left text-sm">
      <colgroup className="max-sm:hidden">
        <col className="w-48" />
        <col />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {diffs.map(({ field, before, after }) => (
          <tr key={field} className="align-top max-sm:flex max-sm:flex-col max-sm:py-1.5">
            <th scope="row" className="text-muted px-3 py-1.5 font-mono text-xs font-normal break-words">
              {field}
            </th>
            <td className="px-3 py-1 sm:px-1.5">
              <Value value={before} look="bg-bad-soft text-bad-text" sign="−" />
            </td>
            <td className="px-3 py-1 sm:pr-3 sm:pl-0">
              <Value value={after} look="bg-ok-soft text-ok-text" sign="+" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value, look, sign }: { value: Json | undefined; look: string; sign: string }) {
  if (value === undefined) return <span className="text-muted px-1.5 text-xs italic">absent</span>;
  return (
    <span className={`flex gap-1.5 rounded px-1.5 py-0.5 ${look}`}>
      <span aria-hidden className="font-mono select-none">
        {sign}
      </span>
      <code className="min-w-0 font-mono text-xs leading-5 break-words whitespace-pre-wrap">
        {inWords(value)}
      </code>
    </span>
  );
}

function inWords(value: Json): string {
  if (typeof value === "string") return value === "" ? '""' : value;
  return JSON.stringify(value, null, 2);
}
