import { equalJson, type JsonMap } from "../../../lib/json.ts";
import { contentOf, equalContent } from "../../../lib/task/content.ts";
import { parseTask } from "../../../lib/task/schema.ts";

/** Whether both say the same task, also where one leaves a field to its default. When it was changed says nothing. */
export function sameTask(a: JsonMap, b: JsonMap): boolean {
  const [x, y] = [parseTask(a), parseTask(b)];
  if (x.ok && y.ok) return equalContent(contentOf(x.task), contentOf(y.task));
  const { updated_at: _a, ...one } = a;
  const { updated_at: _b, ...other } = b;
  return equalJson(one, other);
}
