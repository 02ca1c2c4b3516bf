import { isMap, type Json, type JsonMap } from "../../lib/json.ts";
import type { AuditEntry } from "../../lib/protocol/audit.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { fieldPath, getKey } from "../../lib/sync/path.ts";

/** The fields of a conflict on each side, and their values after it was resolved. */
export function ConflictSides({
  entry: { before, after, detail },
  names: { Noun },
}: {
  entry: AuditEntry;
  names: SideNames;
}) {
  const sides = [
    ["last_synced", "Last synced"],
    ["file", Noun],
    ["database", "Database"],
  ] as const;
  const stood = before ?? after ?? {};
  const agreed = before === null ? undefined : after?.["agreed"];
  const fields = detail?.["fields"];
  const disputed = Array.isArray(fields) ? fields.filter((field) => typeof field === "string") : [];
  return (
    <div className="mx-3 overflow-hidden rounded-md border">
      <table className="bg-surface w-full table-fixed text-left text-xs">
        <thead className="text-muted border-b max-sm:sr-only">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Field
            </th>
            {sides.map(([side, name]) => (
              <th key={side} scope="col" className="px-3 py-1.5 font-medium">
                {name}
              </th>
            ))}
            {agreed !== undefined && (
              <th scope="col" className="px-3 py-1.5 font-medium">
                Became
              </th>
            )}
          </tr>
        </thead>
        <tbody className="divide-y">
          {disputed.map((field) => (
            <tr key={field} className="align-top max-sm:flex max-sm:flex-col max-sm:py-1.5">
              <th scope="row" className="text-muted px-3 py-1.5 font-mono font-normal">
                {field}
              </th>
              {sides.map(([side, name]) => (
                <td key={side} className="px-3 py-1 sm:py-1.5">
                  <Side name={name} />
                  <Value task={stood[side] ?? null} field={field} />
                </td>
              ))}
              {agreed !== undefined && (
                <td className="bg-ok-soft text-ok-text px-3 py-1 sm:py-1.5">
                  <Side name="Became" />
                  <Value task={agreed} field={field} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** On a phone the sides are one below the other, each with its name. */
function Side({ name }: { name: string }) {
  return (
    <span aria-hidden className="text-muted mr-2 inline-block w-20 sm:hidden">
      {name}
    </span>
  );
}

function Value({ task, field }: { task: Json; field: string }) {
  if (!isMap(task)) return <span className="text-muted italic">no task</span>;
  const value = at(task, fieldPath(field));
  if (value === undefined) return <span className="text-muted italic">absent</span>;
  return (
    <code className="font-mono break-words whitespace-pre-wrap">
      {typeof value === "string" ? value : JSON.stringify(value)}
    </code>
  );
}

/** A row keeps unknown keys under `extra`. */
function at(task: JsonMap, path: readonly string[]): Json | undefined {
  const look = (from: JsonMap) =>
    path.reduce<Json | undefined>((value, key) => (isMap(value) ? getKey(value, key) : undefined), from);
  const extra = task["extra"];
  return look(task) ?? (isMap(extra) ? look(extra) : undefined);
}
