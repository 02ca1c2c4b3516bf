import type { JsonMap } from "../../../lib/json.ts";
import { afterDash, type Style } from "../../../lib/yaml/render.ts";

const STYLE: Style = { eol: "\n", quotes: "double", listIndent: 2, padding: "", unended: false, json: false };

/**
 * The tasks as a file would have them: what people look at, what history shows lines of, and what tells one reading from
 * another. The order in which an API lists its tasks says nothing, so they are sorted.
 */
export function renderTasks(tasks: readonly JsonMap[]): string {
  if (tasks.length === 0) return "tasks: []\n";
  const sorted = [...tasks].sort(byId);
  return `tasks:\n${sorted.map((task) => `  -${afterDash(task, 2, STYLE)}\n`).join("")}`;
}

const collator = new Intl.Collator("en", { numeric: true });

function byId(a: JsonMap, b: JsonMap): number {
  const [x, y] = [idText(a), idText(b)];
  return collator.compare(x, y) || (x < y ? -1 : x > y ? 1 : 0);
}

function idText({ id }: JsonMap): string {
  return typeof id === "string" || typeof id === "number" ? String(id) : "";
}
