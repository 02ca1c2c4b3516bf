import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { AnswerOf } from "../../lib/protocol/route-types.ts";
import type { RouteSpec } from "../../lib/protocol/route-spec.ts";
import { ROUTE_KEYS, type RouteKey, ROUTES } from "../../lib/protocol/routes.ts";
import { newSetupToken } from "../commands/access/first-admin.ts";
import { startUpstream } from "../endpoints/over-http/testing/upstream.ts";
import { letGo, startTestWorker } from "../testing/commands.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import type { RunningWorker } from "../worker/start-worker.ts";
import { script, tokenIn } from "./testing/access-calls.ts";
import { waitFor } from "../testing/wait-for.ts";
import { RouteModules } from "./testing/route-modules.ts";
import { API_TOKEN, CRON_SECRET } from "./testing/test-env.ts";

const PASSWORD = "correct horse battery";
const CRON = { Authorization: `Bearer ${CRON_SECRET}` };

const SETTINGS = {
  API_TOKEN,
  CRON_SECRET,
  AUTH_SECRET: "the-auth-secret",
  RATE_LIMIT_PER_MINUTE: "0",
  AUTO_SYNC_ENABLED: "false",
};

let source: TestSource;
let worker: RunningWorker;
let routes: RouteModules;
const exercised = new Set<RouteKey>();

beforeAll(async () => {
  source = await startTestSource();
  worker = await startTestWorker(source, SETTINGS);
  routes = await RouteModules.load();
});
afterAll(async () => {
  await worker.stop();
  await letGo();
  await source.stop();
});

interface Given {
  id?: string;
  query?: string;
  body?: object;
  headers?: Record<string, string>;
}

/** Calls the route, checks its answer against the table, and records that the route was exercised. */
async function respond<K extends RouteKey>(key: K, given: Given = {}, status?: number): Promise<Response> {
  const spec: RouteSpec = ROUTES[key];
  const { id, query, body = {}, headers = script } = given;
  const response = await routes.call(key, headers, {
    body: JSON.stringify(body),
    ...(id === undefined ? {} : { id }),
    ...(query === undefined ? {} : { query }),
  });
  expect(response.status, `${key}: ${await response.clone().text()}`).toBe(status ?? spec.status ?? 200);
  exercised.add(key);
  return response;
}

/** The answer, which must have everything that the schema names, and nothing else. */
async function answer<K extends RouteKey>(key: K, given: Given = {}, status?: number): Promise<AnswerOf<K>> {
  const { answer: schema } = ROUTES[key];
  if (!(schema instanceof z.ZodType)) throw new Error(`${key} answers no JSON`);
  const said: unknown = await (await respond(key, given, status)).json();
  // Parsing drops keys that a schema does not name, so an answer with more keys equals none of the parsed ones.
  const alternatives: readonly z.core.$ZodType[] = schema instanceof z.ZodUnion ? schema.options : [schema];
  const read = alternatives.map((each) => z.safeParse(each, said));
  expect(
    read.map(({ data }) => data),
    `${key}: ${read.map(({ error }) => error?.message ?? "").join()}`,
  ).toContainEqual(said);
  return said as AnswerOf<K>;
}

const cookieOf = (response: Response) => ({
  Cookie: (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "",
});

describe("the answers of the API match its document", () => {
  it("of access", async () => {
    const email = "ada@example.com";
    const setup = { token: (await newSetupToken()) ?? "", email, name: "Ada", password: PASSWORD };
    await answer("POST /api/auth/setup", { body: setup, headers: {} });
    const signIn = { body: { email, password: PASSWORD }, headers: {} };
    const { user } = await answer("POST /api/auth/sign-in", signIn);
    const own = { headers: cookieOf(await respond("POST /api/auth/sign-in", signIn)) };

    await answer("GET /api/profile", own);
    await answer("PATCH /api/profile", { ...own, body: { name: "Ada L." } });
    const { sessions } = await answer("GET /api/profile/sessions", own);
    const other = sessions.find(({ current }) => !current);
    await answer("DELETE /api/profile/sessions/:id", { ...own, id: other?.id ?? "" });
    const late = { name: "Late", query: "sync=overdue&sort=next", shared: true };
    const { view } = await answer("POST /api/views", { ...own, body: late });
    await answer("PATCH /api/views/:id", { ...own, id: view.id, body: { name: "Overdue" } });
    expect((await answer("GET /api/views", own)).views).toEqual([{ ...view, name: "Overdue" }]);
    await answer("DELETE /api/views/:id", { ...own, id: view.id });
    await answer("GET /api/users/:id/sessions", { id: user.id });
    const change = { current_password: PASSWORD, new_password: `${PASSWORD} staple` };
    await answer("POST /api/profile/password", { ...own, body: change });
    const again = { body: { email, password: change.new_password }, headers: {} };
    await answer("POST /api/auth/sign-out", {
      headers: cookieOf(await respond("POST /api/auth/sign-in", again)),
    });
    await answer("POST /api/auth/sign-out-everywhere", {
      headers: cookieOf(await respond("POST /api/auth/sign-in", again)),
    });

    const invitation = { email: "grace@example.com", role: "editor" };
    const { link } = await answer("POST /api/invitations", { body: invitation });
    await answer("GET /api/invitations");
    await answer("GET /api/auth/invite", { query: `?token=${tokenIn(link)}`, headers: {} });
    const accepted = { token: tokenIn(link), name: "Grace", password: PASSWORD };
    const { user: grace } = await answer("POST /api/auth/accept-invite", { body: accepted, headers: {} });
    const second = await answer("POST /api/invitations", {
      body: { ...invitation, email: "joan@example.com" },
    });
    await answer("DELETE /api/invitations/:id", { id: second.invitation.id });
    await answer("PATCH /api/users/:id", { id: grace.id, body: { role: "viewer" } });
    await answer("DELETE /api/users/:id/sessions", { id: grace.id });
    const reset = await answer("POST /api/users/:id/reset-link", { id: grace.id });
    const token = tokenIn(reset.link);
    await answer("GET /api/auth/reset", { query: `?token=${token}`, headers: {} });
    await answer("POST /api/auth/reset", { body: { token, password: `${PASSWORD} two` }, headers: {} });
    await answer("GET /api/users");

    const made = await answer("POST /api/tokens", {
      body: { name: "deploy", role: "viewer", expires_in_days: null },
    });
    await answer("GET /api/tokens");
    await answer("DELETE /api/tokens/:id", { id: made.token.id });
  });

  it("of tasks and runs", async () => {
    const task = { skill_name: "new", schedule_cron: "1 1 * * *", owner: { team: "ops" } };
    const created = await answer("POST /api/tasks", { body: task });
    const id = String(created.task.id);
    await answer("PUT /api/tasks/:id", { id, body: { ...task, description: "New" } });
    await answer("PATCH /api/tasks/:id", { id, body: { params: { retries: 2 } } });
    await answer("GET /api/tasks/:id", { id });
    await answer("GET /api/tasks", { query: "?limit=2" });
    await answer("DELETE /api/tasks/:id", { id });

    await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id = '1'");
    await answer("POST /api/sync/dry-run", { body: { direction: "db_to_yaml" } });
    const { run } = await answer("POST /api/sync/trigger", { body: { direction: "db_to_yaml" } });
    await answer("GET /api/sync/history", { query: "?limit=3" });
    await answer("GET /api/sync/history/:run_id", { id: run?.id ?? "" });
    await answer("POST /api/sync/history/:run_id/preview", { id: run?.id ?? "" });
    await answer("POST /api/sync/history/:run_id/rollback", { id: run?.id ?? "" });
    const { round } = await answer("POST /api/sync", { query: "?wait=false" }, 202);
    await answer("GET /api/sync/rounds/:id", { id: round?.id ?? "" });
    await answer("POST /api/cron/sync", { headers: CRON });
    await answer("GET /api/cron/sync", { headers: CRON });
    await answer("GET /api/sync/status");
    await answer("POST /api/events/ticket");
    await answer("GET /api/sync/activity", { query: "?range=week" });
    await answer("GET /api/sync/stats", { query: "?range=month" });
  });

  it("of actions on many tasks", async () => {
    const body = { action: "pause", tasks: [{ id: 1 }, { id: "not-there" }] };
    const { id } = (await answer("POST /api/bulk-actions", { body })).bulk_action;
    await waitFor(async () => {
      const { bulk_action: seen } = await answer("GET /api/bulk-actions/:id", { id });
      return seen.state === "finished" && seen.changed === 1 && seen.left_out.length === 1;
    });
    await answer("POST /api/bulk-actions/:id/stop", { id });
    await answer("GET /api/bulk-actions");
    expect((await answer("GET /api/bulk-actions/:id/undo", { id })).put_back).toBe(1);
    await answer("POST /api/bulk-actions/:id/undo", { id });
  });

  it("of a conflict to practise on", async () => {
    await answer("POST /api/practice-conflict");
    await answer("DELETE /api/practice-conflict");
  });

  it("of conflicts", async () => {
    await source.edit("description: Check", "description: By hand");
    await source.edit("keep_days: 30", "keep_days: 31");
    await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id = '2'");
    await source.sql(`UPDATE tasks SET params = '{"keep_days": 32}' WHERE id = '1'`);
    await answer("POST /api/sync/trigger");
    const { conflicts } = await answer("GET /api/sync/conflicts");
    expect(conflicts).toHaveLength(2);
    const [first] = conflicts;
    const id = first?.conflict_id ?? "";
    await answer("GET /api/sync/conflicts/:id", { id });
    const fields = Object.fromEntries((first?.fields ?? []).map((field) => [field, "db"]));
    const body = { choice: "merge", fields };
    await answer("POST /api/sync/conflicts/:id/preview", { id, body });
    await answer("POST /api/sync/conflicts/:id/resolve", { id, body });
    const rest = { conflict_ids: "all", choice: "keep_yaml" };
    expect((await answer("POST /api/sync/conflicts/resolve", { body: rest })).resolved).toHaveLength(1);
    await answer("GET /api/sync/conflicts", { query: "?state=over" });
  });

  it("of the file, its kept versions and the sources", async () => {
    await answer("GET /api/sync/file");
    const { backups } = await answer("GET /api/sync/backups");
    const [kept] = backups;
    await answer("GET /api/sync/backups/:name", { id: kept?.name ?? "" });
    await answer("POST /api/sync/backups/:name/restore", { id: kept?.name ?? "" });
    const older = await source.read();
    await answer("PATCH /api/tasks/:id", { id: "2", body: { description: "Not in the older file" } });
    await source.write(older);
    await answer("POST /api/sync/trigger");
    const decided = await answer("POST /api/sources/:id/older-file", {
      id: "default",
      body: { keep: "newest" },
    });
    expect(decided.resolved).toHaveLength(1);
    const settings = { fields: { status: "db" }, conflict_policy: "keep_db", direction: "yaml_to_db" };
    const changed = await answer("PATCH /api/sources/:id", { id: "default", body: settings });
    expect(changed.source.settings).toMatchObject(settings);
    await answer("GET /api/sources/:id", { id: "default" });
    await answer("GET /api/sources");
  });

  it("of a halt, and of putting back what it would delete", async () => {
    await source.write("tasks: []\n");
    const { run: halted } = await answer("POST /api/sync/trigger");
    const plan_hash = halted?.halt?.plan_hash ?? "";
    const { run } = await answer("POST /api/sync/put-back", { body: { plan_hash } });
    expect(run.counts).toMatchObject({ created: halted?.halt?.lost?.length, deleted: 0 });
  });

  it("of the audit and the process", async () => {
    expect((await answer("GET /api/audit", { query: "?limit=500" })).entries.length).toBeGreaterThan(20);
    await answer("GET /api/health", { headers: {} });
    await answer("GET /api/ready", { headers: {} });
    await answer("GET /api/openapi.json");
    const csv = await respond("GET /api/audit.csv");
    expect(csv.headers.get("content-type")).toContain("text/csv");
    const metrics = await respond("GET /api/metrics");
    expect(metrics.headers.get("content-type")).toContain("text/plain");
  });

  it("of objects of other systems", async () => {
    const upstream = await startUpstream();
    try {
      await worker.stop();
      const list = join(source.folder, "sources.yml");
      await writeFile(
        list,
        `sources:
  - kind: http
    client: {base_url: "${upstream.url}", allow_private: true}
    resources:
      - {id: projects, path: /page/projects, data_selector: $.data, paginator: {type: page_number, size_param: per_page, total_path: $.total}}
`,
      );
      worker = await startTestWorker(source, { ...SETTINGS, SOURCES_FILE: list });
      await answer("POST /api/sync/trigger", { body: { source: "projects" } });
      const { types } = await answer("GET /api/object-types");
      expect(types).toMatchObject([{ type: "projects", freshness: "fresh" }]);
      const { objects } = await answer("GET /api/objects", { query: "?type=projects&limit=2" });
      const id = objects[0]?.id ?? "";
      await answer("GET /api/objects/:id", { id });
      await answer("GET /api/objects/:id/history", { id });
      await answer("GET /api/sources/:id/pulls", { id: "projects" });
      const { sample } = await answer("POST /api/sources/test", { body: { source: "projects" } });
      expect(sample.rows.length).toBeGreaterThan(0);
    } finally {
      await upstream.stop();
    }
  });

  it("of every route in the table", () => {
    expect([...exercised].sort()).toEqual([...ROUTE_KEYS].sort());
  });
});
