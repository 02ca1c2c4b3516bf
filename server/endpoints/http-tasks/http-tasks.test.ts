import { afterAll, beforeAll } from "vitest";
import { parse } from "yaml";
import type { JsonMap } from "../../../lib/json.ts";
import { type RunningUpstream, startUpstream } from "../over-http/testing/upstream.ts";
import { openEndpoint } from "../registry.ts";
import { describeEndpoint } from "../testing/endpoint-contract.ts";
import { renderTasks } from "./render-tasks.ts";
import { becomeText, tasksConfig, tasksYaml } from "./testing/tasks-upstream.ts";

let upstream: RunningUpstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.stop());

describeEndpoint(
  "http_tasks",
  async (text) => {
    await upstream.control({ reset: { tasks: 0 } });
    await becomeText(upstream, text);
    const config = tasksConfig(tasksYaml(upstream.url, "watch_seconds: 0.05"));
    const endpoint = openEndpoint("http_tasks", { config, valueOf: () => undefined });
    return {
      endpoint,
      disturb: (changed) => becomeText(upstream, changed),
      text: async () => (await endpoint.view()).text,
      shown: (given) => renderTasks((parse(given) as { tasks: JsonMap[] }).tasks),
      codes: { missing: "list_unreadable", unreadable: "list_unreadable", nonsense: "list_unreadable" },
      makeUnreadable: async () => void (await upstream.control({ faults: [{ status: 500 }] })),
      makeUnwritable: async () => void (await upstream.control({ faults: [{ on: "PATCH", status: 503 }] })),
      close: async () => undefined,
    };
  },
  { keepsVersions: false },
);
