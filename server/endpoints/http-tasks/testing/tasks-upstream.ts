import { parse, parseDocument } from "yaml";
import type { Item } from "../../../../examples/upstream/world.ts";
import type { HttpTasksConfig } from "../../../../lib/source/http-tasks/config.ts";
import { parseSources } from "../../../../lib/source/parse-sources.ts";
import type { RunningUpstream } from "../../over-http/testing/upstream.ts";

/** A source of the example's tasks. `more` are keys of the source, each on a line of its own. */
export function tasksYaml(url: string, more = ""): string {
  return `sources:
  - kind: http_tasks
    id: erp
    client: {base_url: "${url}", allow_private: true, retries: 1, retry_delay_seconds: 0.05}
    path: /all/tasks
    paginator: {type: single_page}
    item_path: /tasks/{item.id}
    map:
      id: number
      skill_name: name
      schedule_cron: cron
      description: about
      status: {from: state, values: {on: active, off: paused}, send_other: off}
      params: {budget: meta.budget}
    writes:
      create: {}
      update: {}
      delete: {}
${more.replace(/^(?=.)/gm, "    ")}
`;
}

export function tasksConfig(text: string): HttpTasksConfig {
  const { entries, problems } = parseSources(text);
  const config = entries[0]?.httpTasks;
  if (!config) throw new Error(`${JSON.stringify(problems)}\n${text}`);
  return config;
}

/** What a task of a file is in the words of the example. */
function itemOf(task: Record<string, unknown>): Item {
  const { id, skill_name: name, schedule_cron: cron, description: about } = task;
  return { id: `t${String(id)}`, number: id, name, cron, about, updated_at: "2026-03-01T12:00:00.000Z" };
}

/** Gives the upstream exactly the tasks of a file's text. A text that is none is an answer that is none. */
export async function becomeText(upstream: RunningUpstream, text: string | null): Promise<void> {
  const bad =
    text === null ? { status: 404 } : parseDocument(text).errors.length > 0 ? { body: "garbage" } : null;
  if (bad) return void (await upstream.control({ faults: [{ on: "GET /all/tasks", ...bad }] as never }));
  const { tasks } = parse(text ?? "") as { tasks: Record<string, unknown>[] };
  const { world } = await upstream.control();
  const wanted = tasks.map(itemOf);
  const gone = (world["tasks"] ?? []).flatMap(({ id }) =>
    wanted.some((each) => each.id === id) ? [] : [id],
  );
  await upstream.control({ remove: { tasks: gone } });
  await upstream.control({ put: { tasks: wanted } });
}
