import type { JsonMap } from "../../../lib/json.ts";
import { fillText, isTheirs, namesIn } from "../../../lib/source/http-tasks/template.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import { fieldOf } from "../../json-path.ts";
import { below, encodedSegment } from "../over-http/addresses-of.ts";
import type { HttpClient } from "../over-http/http-client.ts";

/**
 * The address that a path names for a task.
 * @param item as the other system has it.
 * @returns null when the path names a field that the item does not have.
 */
export function taskAddress(
  client: HttpClient,
  path: string,
  key: TaskKey,
  item: JsonMap | null,
): URL | null {
  const valueOf = (name: string[]) => {
    if (!isTheirs(name)) return key;
    const value = item ? fieldOf(item, name.slice(1).join(".")) : undefined;
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  if (namesIn(path).some((name) => valueOf(name) === "")) return null;
  return below(
    client,
    fillText(path, (name) => encodedSegment(valueOf(name))),
  );
}
