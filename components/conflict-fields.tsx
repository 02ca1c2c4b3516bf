import type { Json, JsonMap } from "../lib/json.ts";
import type { ConflictJson } from "../lib/protocol/conflict.ts";
import { fieldPath, getPath } from "../lib/sync/path.ts";

/** The fields in conflict, side by side with what both sides last agreed on. */
export function ConflictFields({ conflict }: { conflict: ConflictJson }) {
  const { yaml_data, ancestor, db_data, fields } = conflict;
  const names = fields.length > 0 ? fields : Object.keys(yaml_data ?? db_data ?? {});
  return (
    <div className="overflow-x-auto">
      <table className="w-full table-fixed text-left text-sm">
        <thead>
          <tr>
            {["Field", "YAML file", "Last synced", "Database"].map((name) => (
              <th key={name} scope="col" className="pr-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name} className="align-top">
              <th scope="row" className="py-1 pr-3 font-normal break-words">
                {name}
              </th>
              {[yaml_data, ancestor, db_data].map((side, i) => (
                <td key={i} className="py-1 pr-3">
                  <Value of={side} name={name} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ of, name }: { of: JsonMap | null; name: string }) {
  if (of === null) return <em>no task</em>;
  const value: Json | undefined = getPath(of, fieldPath(name));
  if (value === undefined) return <em>absent</em>;
  return <code className="break-words whitespace-pre-wrap">{typeof value === "string" ? value : JSON.stringify(value, null, 2)}</code>;
}
