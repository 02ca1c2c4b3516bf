import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import type { Control } from "../../../examples/upstream/control.ts";
import { CollectionUnreadable, type ListWish, type Page } from "../collection.ts";
import { openProjects } from "./testing/open-projects.ts";
import { type RunningUpstream, startUpstream } from "../over-http/testing/upstream.ts";

let upstream: RunningUpstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.stop());
beforeEach(() => upstream.control({ reset: {} }));

const SECRETS: Record<string, string> = {
  TOKEN: "example-bearer-token",
  PASSWORD: "example-password",
  KEY: "example-api-key",
  CLIENT_SECRET: "example-client-secret",
};
const PAGES: Record<string, string> = {
  all: "{path: /all/projects, paginator: {type: single_page}}",
  page: "{path: /page/projects, data_selector: $.data, paginator: {type: page_number, size_param: per_page, size: 5, total_path: $.total}}",
  offset: "{path: /offset/projects, data_selector: $.data, paginator: {type: offset, limit: 5}}",
  cursor:
    "{path: /cursor/projects, data_selector: '$.items[*]', paginator: {type: cursor, cursor_path: $.next_cursor, size_param: limit, size: 5}}",
  link: "{path: /link/projects, paginator: {type: header_link, size_param: per_page, size: 5}}",
  next: "{path: /next/projects, data_selector: $.value, paginator: {type: json_link, next_url_path: $.next, size_param: limit, size: 5}}",
};

const open = (resource: string, client: object = {}) =>
  openProjects(upstream.url, resource, client, (name) => SECRETS[name]);

const WHOLE: ListWish = { parent: null, from: null, since: null, validators: null };

async function read(resource: string, client: object = {}, wish: Partial<ListWish> = {}) {
  const pages: Page[] = [];
  for await (const page of open(resource, client).pages({ ...WHOLE, ...wish })) pages.push(page);
  return { pages, keys: pages.flatMap(({ items }) => items.map(({ key }) => key)) };
}

const failure = (reading: Promise<unknown>) =>
  reading.then(
    () => "no failure",
    (error: unknown) => (error instanceof CollectionUnreadable ? error.problem.message : String(error)),
  );

describe("pages", () => {
  it.each(Object.keys(PAGES))("of the kind %s are read to the end, and from any place on", async (kind) => {
    const { world } = await upstream.control();
    const all = world["projects"]?.map(({ id }) => id) ?? [];
    const { pages, keys } = await read(PAGES[kind] ?? "");
    expect([...new Set(keys)].sort()).toEqual([...all].sort());
    expect(pages.length).toBe(kind === "all" ? 1 : kind === "offset" ? 4 : 3);
    expect(pages.some(({ moved }) => moved)).toBe(false);
    const [first] = pages;
    if (!first?.next) return;
    const rest = await read(PAGES[kind] ?? "", {}, { from: first.next });
    expect(new Set([...first.items.map(({ key }) => key), ...rest.keys])).toEqual(new Set(all));
  });

  it("that a server repeats are not read for ever", async () => {
    await upstream.control({ faults: [{ on: "/page/projects", page: 1 }] });
    expect(await failure(read(PAGES["page"] ?? ""))).toContain(
      "page=2&per_page=5: the page has the items of the page before",
    );
  });

  it("are asked for while the one before is at work, but after the first one only when it was not enough", async () => {
    const pages = open(PAGES["page"] ?? "")
      .pages(WHOLE)
      [Symbol.asyncIterator]();
    const asked = async () => (await upstream.requests()).map((line) => /page=\d/.exec(line)?.[0]);
    await pages.next();
    // A request that is already on its way would come before the second of these.
    await asked();
    expect(await asked()).toEqual(["page=1"]);
    await pages.next();
    await vi.waitFor(async () => expect(await asked()).toEqual(["page=1", "page=2", "page=3"]));
    await pages.return?.(undefined);
  });

  it("of an offset show that items have moved", async () => {
    await upstream.control({ changes: [{ on: "offset=0", remove: { projects: ["d1-p1"] } }] });
    const { pages } = await read(PAGES["offset"] ?? "");
    expect(pages.map(({ moved }) => moved)).toEqual([false, true, false, false]);
  });

  it("are compressed, and 304 says that nothing has changed", async () => {
    const [page] = (await read(PAGES["all"] ?? "")).pages;
    const again = await read(PAGES["all"] ?? "", {}, { validators: page?.validators ?? null });
    expect(again.pages).toMatchObject([{ notModified: true, items: [] }]);
  });
});

describe("credentials", () => {
  it.each<[NonNullable<Control["auth"]>, string]>([
    ["bearer", "{type: bearer, token: '${TOKEN}'}"],
    ["basic", "{type: http_basic, username: lockstep, password: '${PASSWORD}'}"],
    ["api_key", "{type: api_key, name: X-Api-Key, api_key: '${KEY}'}"],
    [
      "oauth",
      "{type: oauth2_client_credentials, access_token_url: 'URL/oauth/token', client_id: lockstep, client_secret: '${CLIENT_SECRET}'}",
    ],
  ])("of the kind %s pass, and none or wrong ones do not", async (auth, config) => {
    await upstream.control({ auth });
    const given = parse(config.replace("URL", upstream.url)) as object;
    expect((await read(PAGES["page"] ?? "", { auth: given })).keys).toHaveLength(12);
    expect(await failure(read(PAGES["all"] ?? ""))).toContain("answered 401");
  });

  it("that expire or are withdrawn are renewed in the middle", async () => {
    await upstream.control({
      auth: "oauth",
      token_seconds: 3600,
      faults: [{ on: "page=2", status: 401, times: 1 }],
    });
    const auth = {
      type: "oauth2_client_credentials",
      access_token_url: `${upstream.url}/oauth/token`,
      client_id: "lockstep",
      client_secret: "${CLIENT_SECRET}",
    };
    expect((await read(PAGES["page"] ?? "", { auth, concurrency: 3 })).keys).toHaveLength(12);
    expect((await upstream.requests()).filter((line) => line.startsWith("POST"))).toHaveLength(2);
  });

  it("that are not set are named, and their values are in no message", async () => {
    const auth = { type: "api_key", name: "key", location: "query", api_key: "${KEY}" };
    await upstream.control({ faults: [{ status: 404 }] });
    expect(await failure(read(PAGES["all"] ?? "", { auth }))).toBe(
      `GET ${upstream.url}/all/projects: answered 404`,
    );
    const missing = { type: "bearer", token: "${NOT_SET}" };
    expect(await failure(read(PAGES["all"] ?? "", { auth: missing }))).toContain(
      "the variable NOT_SET is not set",
    );
  });
});

it("a key that an API repeats in the address of the next page is sent, and kept nowhere", async () => {
  const auth = { type: "api_key", name: "key", location: "query", api_key: "${KEY}" };
  const { pages, keys } = await read(PAGES["next"] ?? "", { auth });
  expect(keys).toHaveLength(12);
  expect((await upstream.requests()).every((line) => line.includes("key=example-api-key"))).toBe(true);
  expect(JSON.stringify(pages)).not.toContain("example-api-key");
});

describe("failures", () => {
  it.each<[string, Control["faults"], number]>([
    ["429 with Retry-After", [{ on: "page=2", status: 429, retry_after: 1, times: 1 }], 1],
    ["503", [{ on: "page=2", status: 503, times: 1 }], 1],
    ["a body that breaks off", [{ on: "page=2", body: "broken", times: 1 }], 1],
    ["a slow body", [{ on: "page=2", body: "slow", times: 1 }], 0],
  ])("that pass are tried again: %s", async (_, faults, more) => {
    await upstream.control({ faults: faults ?? [] });
    expect((await read(PAGES["page"] ?? "")).keys).toHaveLength(12);
    expect((await upstream.requests()).length).toBeGreaterThanOrEqual(3 + more);
  });

  it.each<[string, Control["faults"], object, string]>([
    ["500 again and again", [{ on: "page=3", status: 500 }], {}, "page=3&per_page=5: answered 500 each time"],
    [
      "bodies that break off",
      [{ on: "page=2", body: "broken" }],
      {},
      "page=2&per_page=5: the answer broke off",
    ],
    ["no JSON", [{ body: "garbage" }], {}, "the answer is no JSON (application/json"],
    ["a hanging body", [{ body: "hanging" }], { body_timeout_seconds: 0.3 }, "the answer"],
    ["too large an answer", [{ body: "huge" }], { max_response_mb: 1 }, "larger than max_response_mb (1)"],
    [
      "another host",
      [{ redirect: "http://localhost:1/elsewhere" }],
      {},
      "localhost:1 is not among the hosts",
    ],
    ["a private address", [], { allow_private: false }, "127.0.0.1 is an address of this machine"],
    ["a name of one", [], { base_url: "http://localhost:1", allow_private: false }, "localhost leads to"],
    ["no server", [], { base_url: "http://127.0.0.1:1" }, "no server listens there"],
  ])("name the request: %s", async (_, faults, client, message) => {
    await upstream.control({ faults: faults ?? [] });
    expect(await failure(read(PAGES["page"] ?? "", client))).toContain(message);
  });

  it("of a selector and a key are told", async () => {
    expect(
      await failure(read("{path: /page/projects, data_selector: $.rows, paginator: {type: single_page}}")),
    ).toContain("data_selector $.rows finds nothing");
    const { pages } = await read(
      "{path: /all/projects, primary_key: number, paginator: {type: single_page}}",
    );
    expect(pages).toMatchObject([{ unidentified: 12, items: [] }]);
  });
});

describe("one object", () => {
  const resource = "{path: /projects, item_path: '/projects/{id}', paginator: {type: single_page}}";
  it("is read by its key, and null when it is gone", async () => {
    expect(await open(resource).one("d1-p1", null)).toMatchObject({ items: [{ key: "d1-p1" }] });
    expect(await open(resource).one("gone", null)).toBeNull();
  });
});

describe("a sample", () => {
  it("shows the request, five rows and the next page", async () => {
    const sample = await open(PAGES["page"] ?? "").sample({ primary_key: ["directory_id", "name"] }, null);
    expect(sample).toMatchObject({ status: 200, found: 5, total: 12, problems: [], next: { page: 2 } });
    expect(sample.rows.map(({ key }) => key)).toEqual([
      "d1/Project%201",
      "d1/Project%202",
      "d1/Project%203",
      "d1/Project%204",
      "d2/Project%201",
    ]);
    expect(sample.next_request).toBe(`GET ${upstream.url}/page/projects?page=2&per_page=5`);
  });
});
