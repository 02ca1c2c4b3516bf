import type { Json } from "../../../lib/json.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { SampleWish, SourceSample } from "../../../lib/protocol/sample.ts";
import type { HttpTasksConfig } from "../../../lib/source/http-tasks/config.ts";
import { listAddress } from "../over-http/addresses-of.ts";
import type { HttpClient } from "../over-http/http-client.ts";
import { type SampledPage, takeSample } from "../over-http/take-sample.ts";
import { SAMPLE_ROWS } from "../sample-rows.ts";
import { asResource } from "./as-resource.ts";
import { keyOf, listingOf } from "./listing.ts";

/** Problems of the items after those that are shown, which are told for the page as a whole. */
const MOST_TOLD = 5;

/** Reads the first page of the list, and says which tasks the map makes of its items. Nothing is stored. */
export function sampleTasks(
  client: HttpClient,
  config: HttpTasksConfig,
  wish: Omit<SampleWish, "primary_key" | "updated_at">,
): Promise<SourceSample> {
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const tried: HttpTasksConfig = { ...config, ...given };
  const list = listAddress(client, tried, null);
  return takeSample(client, asResource(tried), list, (items) => tasksOf(items, tried));
}

async function tasksOf(items: readonly Json[], config: HttpTasksConfig): Promise<SampledPage> {
  const read = (some: readonly Json[]) =>
    listingOf({ items: some, validators: null }, config, new Date(0).toISOString());
  const { tasks, document } = await read(items);
  const keys = tasks.map((task) => keyOf(task) ?? null);
  const rows = await Promise.all(
    items.slice(0, SAMPLE_ROWS).map(async (data, at) => {
      const [key = null, task = {}] = [keys[at], tasks[at]];
      const alone = await read([data]);
      const shared = document.problems.filter((each) => isShared(each) && each.task_id === key);
      const stamp = task["updated_at"];
      return {
        ...{ key, parent: null, updated_at: typeof stamp === "string" ? stamp : null, data, task },
        problems: [...alone.document.problems, ...shared].map(withoutPlace),
      };
    }),
  );
  const shown = new Set(keys.slice(0, SAMPLE_ROWS));
  const others = document.problems.filter(({ task_id }) => task_id !== undefined && !shown.has(task_id));
  const nameless = keys.slice(SAMPLE_ROWS).filter((key) => key === null).length;
  const problems = [...(nameless === 0 ? [] : [withoutIds(nameless, config)]), ...others.map(withoutPlace)];
  return { keys, rows, problems: problems.slice(0, MOST_TOLD) };
}

/** Whether an item has the problem only beside another one. */
function isShared({ code }: Problem): boolean {
  return code === "duplicate_id";
}

/** The line is one of a text that a sample does not show. */
function withoutPlace({ line: _line, column: _column, ...problem }: Problem): Problem {
  return problem;
}

function withoutIds(count: number, { map }: HttpTasksConfig): Problem {
  const message = `${count} more of the items on this page have no ${map.id}, which is their id`;
  return { code: "missing_id", message };
}
