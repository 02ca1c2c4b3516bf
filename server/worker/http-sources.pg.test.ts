import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forceSync } from "../commands/force-sync.ts";
import { testSource } from "../commands/test-source.ts";
import { type RunningUpstream, startUpstream } from "../endpoints/over-http/testing/upstream.ts";
import { getRun, listRuns } from "../queries/history.ts";
import { getObject, getObjectHistory, listObjects, listObjectTypes, listPulls } from "../queries/objects.ts";
import { getSource } from "../queries/sources.ts";
import { listObjectsQuery } from "../../lib/protocol/object.ts";
import { addRequest } from "../store/requests.ts";
import { ADA } from "../testing/commands.ts";
import { type ManySources, startManySources } from "../testing/many-sources.ts";
import { startWorkerProcess } from "../testing/processes.ts";
import { waitFor } from "../testing/wait-for.ts";

const SIZES = { directories: 1, projects: 3, phases: 2, elevations: 1 };
const EXAMPLE = readFileSync("config/examples/erp.yml", "utf8");

let upstream: RunningUpstream;
let many: ManySources;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.stop());
beforeEach(async () => {
  await upstream.control({ reset: SIZES, auth: "oauth" });
  many = await startManySources(EXAMPLE.replaceAll("http://127.0.0.1:4010", upstream.url), {});
  // An environment that tests share is put back after each.
  process.env["ERP_CLIENT_SECRET"] = "example-client-secret";
});
afterEach(() => many.stop());

const list = (query: object = {}) => listObjects(listObjectsQuery.parse(query));
const start = async () => {
  await many.start();
  await many.settled();
  await many.sql("UPDATE sources SET next_sync_at = now() + interval '4 minutes'");
};
const force = (body: Parameters<typeof forceSync>[0], wait = true) =>
  forceSync(body, { actor: ADA, trigger: "manual", wait });
/** The requests of a time, without those for tokens, and those that look whether a task has changed. */
const requestsDuring = async (work: () => Promise<unknown>) => {
  const before = (await upstream.requests()).length;
  await work();
  return (await upstream.requests()).slice(before).filter((line) => /^GET (?!\/tasks)/.test(line));
};

describe("the example of the docs", () => {
  it("is pulled in order at the start, and shows as sources, types, objects, history and pulls", async () => {
    await start();
    const { types } = await listObjectTypes();
    expect(types.map(({ type, objects, freshness }) => [type, objects, freshness])).toEqual([
      ["directories", 1, "fresh"],
      ["elevations", 6, "fresh"],
      ["phases", 6, "fresh"],
      ["projects", 3, "fresh"],
    ]);
    expect(await getSource("phases")).toMatchObject({
      kind: "http",
      object_type: "phases",
      parent_source: "projects",
      objects: 6,
      sync_status: "synced",
      stale: false,
      last_run: { outcome: "succeeded", counts: { created: 6 } },
    });
    const { objects: roots } = await list({ parent: "none" });
    expect(roots.map(({ external_id, children }) => [external_id, children])).toEqual([["d1", 3]]);
    const { objects: projects, next_cursor } = await list({ parent: roots[0]?.id, limit: "2" });
    expect(projects.map(({ external_id }) => external_id)).toEqual(["d1-p1", "d1-p2"]);
    expect((await list({ parent: roots[0]?.id, limit: "2", cursor: next_cursor })).objects).toMatchObject([
      { external_id: "d1-p3", freshness: "fresh", deleted_at: null },
    ]);
    const [elevation] = (await list({ q: "d1-p3-f2-e1" })).objects;
    expect((await getObject(elevation?.id)).ancestors.map(({ external_id }) => external_id)).toEqual([
      "d1",
      "d1-p3",
      "d1-p3-f2",
    ]);
    await many.sql("UPDATE stored_objects SET last_seen_at = now() - interval '1 day' WHERE type = 'phases'");
    await many.sql("UPDATE object_sources SET checked_at = now() - interval '1 day' WHERE source = 'phases'");
    expect((await list({ freshness: "stale" })).objects.every(({ type }) => type === "phases")).toBe(true);
    expect((await listPulls("elevations", { limit: 10 })).pulls).toMatchObject([
      { kind: "full", state: "complete", lists: 6 },
    ]);
    const [run] = (await listRuns({ source: "projects", limit: 1 })).runs;
    expect((await getRun(run?.id, { limit: 2 })).changes).toMatchObject([
      { task_id: "d1-p1", action: "create", database: true, before: null },
      { task_id: "d1-p2", action: "create" },
    ]);
  });

  it("follows a change of a parent to its own children only", async () => {
    await start();
    await upstream.control({
      put: {
        projects: [{ id: "d1-p2", name: "New" }],
        phases: [
          { id: "found", project_id: "d1-p2" },
          { id: "not yet", project_id: "d1-p1" },
        ],
      },
    });
    const asked = await requestsDuring(async () => {
      await addRequest(many.pool, { source: "projects", trigger: "schedule", requested_by: "test" });
      await waitFor(async () => (await list({ q: "found" })).objects.length === 1, { what: "the new phase" });
      await many.settled();
    });
    const below = asked.filter((line) => line.includes("/phases"));
    expect(below.length).toBeGreaterThan(0);
    expect(
      below.every(
        (line) => line.includes("/projects/d1-p2/phases") || line.includes("/phases/found/elevations"),
      ),
    ).toBe(true);
    expect((await list({ q: "not yet" })).objects).toEqual([]);
  });

  it("pulls one object with what hangs below it when it is forced", async () => {
    await start();
    await upstream.control({
      put: {
        projects: [
          { id: "d1-p1", name: "New" },
          { id: "d1-p2", name: "Not asked for" },
        ],
        elevations: [{ id: "deep", phase_id: "d1-p1-f2" }],
      },
    });
    const asked = await requestsDuring(async () => {
      const { round } = await force({ source: "projects", ids: ["d1-p1"], cascade: true });
      expect(
        round?.sources.map(({ source, state, run }) => [
          source,
          state,
          run?.counts.created,
          run?.counts.updated,
        ]),
      ).toEqual([
        ["projects", "succeeded", 0, 1],
        ["phases", "succeeded", 0, 0],
        ["elevations", "succeeded", 1, 0],
      ]);
    });
    expect(asked.every((line) => line.includes("d1-p1"))).toBe(true);
    const [object] = (await list({ source: "projects" })).objects;
    expect((await getObjectHistory(object?.id, { limit: 10 })).changes).toMatchObject([
      {
        action: "update",
        diff: [{ field: "name", before: "Project 1", after: "New" }, { field: "updated_at" }],
      },
      { action: "create" },
    ]);
    await expect(force({ ids: ["d1-p1"] })).rejects.toThrow("ids needs the name of a source of kind http");
  });

  it("is tried before anything is stored, and never with another host", async () => {
    await start();
    const sample = await testSource(
      { source: "phases", parent: "d1-p2", resource: { primary_key: "number", data_selector: "$.items" } },
      { actor: ADA },
    );
    expect(sample).toMatchObject({
      request: `GET ${upstream.url}/projects/d1-p2/phases?limit=100`,
      headers: { Authorization: "***" },
      status: 200,
      found: 2,
      rows: [{ key: null }, { key: null }],
      problems: [{ code: "missing_id" }, { code: "missing_id" }],
    });
  });
});

it("the Python of the docs forces an object over HTTP", async () => {
  await start();
  await upstream.control({ put: { projects: [{ id: "d1-p1", name: "From Odoo" }] } });
  // What the route does, at an address of its own.
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const given = JSON.parse(Buffer.concat(parts).toString()) as Parameters<typeof force>[0];
      void force(given).then((answer) => response.end(JSON.stringify(answer)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const [, python = ""] = /```python\n(.*?)```/s.exec(readFileSync("docs/http-sources.md", "utf8")) ?? [];
  const call = `print([s["state"] for s in pull("http://127.0.0.1:${port}", "a token", "projects", ["d1-p1"])["sources"]])`;
  const { stdout } = await promisify(execFile)("python3", ["-c", `${python}\n${call}`]);
  server.close();
  expect(stdout.trim()).toBe("['succeeded', 'succeeded', 'succeeded']");
  expect((await list({ q: "From Odoo" })).objects).toHaveLength(1);
});

it("a worker that is killed in the middle of a pull leaves it to the next one, which goes on", async () => {
  await upstream.control({
    reset: { ...SIZES, projects: 6 },
    auth: "oauth",
    faults: [{ on: "/projects?page=3", body: "hanging" }],
  });
  await many.list((await many.read("sources.yml")).replace("size: 100, total_path", "size: 2, total_path"));
  const settings = many.settings() as Record<string, string>;
  const env = { ...settings, ERP_CLIENT_SECRET: "example-client-secret" };
  const first = await startWorkerProcess(many.base, env);
  const stored = async () =>
    (await many.sql<{ n: number }>("SELECT count(*)::int AS n FROM objects WHERE source = 'projects'"))[0]?.n;
  await waitFor(async () => ((await stored()) ?? 0) >= 4, { what: "the first pages" });
  await first.kill();
  await upstream.control({ faults: [] });
  const before = (await upstream.requests()).length;
  const second = await startWorkerProcess(many.base, env);
  await waitFor(async () => (await stored()) === 6, { what: "all objects", ms: 40_000 });
  await many.settled();
  await second.stop();
  const pages = (await upstream.requests()).slice(before).filter((line) => line.startsWith("GET /projects?"));
  expect(pages).not.toContain("GET /projects?page=2&per_page=2");
  expect((await listPulls("projects", { limit: 1 })).pulls).toMatchObject([
    { state: "complete", resumed: 1, unique_ids: 6 },
  ]);
});
