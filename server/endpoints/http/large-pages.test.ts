import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CollectionUnreadable, type ListWish, type Page } from "../collection.ts";
import { type RunningUpstream, startUpstream } from "../over-http/testing/upstream.ts";
import { openProjects } from "./testing/open-projects.ts";

/** About 3 MB of JSON on one page. */
const MANY = 2_400;
const IN_PARTS =
  "{path: /page/projects, data_selector: $.data, paginator: {type: page_number, size_param: per_page, size: 3000, total_path: $.total}}";
/** The same, for which the whole answer is needed. */
const WHOLE = IN_PARTS.replace("$.data", '"$[?@[0]]"');

let upstream: RunningUpstream;
beforeAll(async () => {
  upstream = await startUpstream();
  const { world } = await upstream.control({ reset: { directories: 24, projects: 100, phases: 0 } });
  const put = { projects: (world["projects"] ?? []).map(({ id }) => ({ id, plan: "x".repeat(1_100) })) };
  await upstream.control({ put });
});
afterAll(() => upstream.stop());
beforeEach(() => upstream.control({ faults: [] }));

function pagesOf(resource: string, client: object = {}, wish: Partial<ListWish> = {}) {
  return openProjects(upstream.url, resource, client).pages({
    parent: null,
    from: null,
    since: null,
    validators: null,
    ...wish,
  });
}

/** Reads to the end, or to where it fails. */
async function read(...wish: Parameters<typeof pagesOf>) {
  const pages: Page[] = [];
  let failure = "";
  try {
    for await (const page of pagesOf(...wish)) pages.push(page);
  } catch (error) {
    if (!(error instanceof CollectionUnreadable)) throw error;
    failure = error.problem.message;
  }
  const keys = pages.flatMap(({ items }) => items.map(({ key }) => key));
  return { pages, keys, failure, unique: new Set(keys).size };
}

describe("a large page", () => {
  it("comes in parts, and says the same as if it came as a whole", async () => {
    const [parts, whole] = [await read(IN_PARTS), await read(WHOLE)];
    expect(whole.pages.map(({ partial }) => partial)).toEqual([undefined, undefined]);
    expect(parts.pages.slice(0, -2).every(({ partial }) => partial)).toBe(true);
    expect(parts.pages.length).toBeGreaterThan(3);
    expect(parts.keys).toEqual(whole.keys);
    const said = ({ total, next, moved, fingerprint, validators }: Page) => ({
      ...{ total, next, moved, fingerprint, validators },
    });
    expect(parts.pages.slice(-2).map(said)).toEqual(whole.pages.map(said));
  });

  it("is handed on before its end has come, and keeps no request from its turn once it is given back", async () => {
    await upstream.control({ faults: [{ body: "hanging" }] });
    const pages = pagesOf(IN_PARTS, { concurrency: 1 })[Symbol.asyncIterator]();
    const { value } = await pages.next();
    expect(value).toMatchObject({ partial: true, items: { 0: { key: "d1-p1" } } });
    await pages.return?.(undefined);
    await upstream.control({ faults: [] });
    expect((await read(IN_PARTS, { concurrency: 1 })).unique).toBe(MANY);
  });

  it("that breaks off is asked for again, and what was handed on is passed over", async () => {
    await upstream.control({ faults: [{ body: "broken", times: 1 }] });
    const { keys, unique, failure } = await read(IN_PARTS);
    expect({ failure, keys: keys.length, unique }).toEqual({ failure: "", keys: MANY, unique: MANY });
  });

  it.each<[string, object, object]>([
    ["breaks off each time", { body: "broken" }, {}],
    ["is no JSON from its middle on", { body: "spoilt" }, {}],
    ["stops in its middle", { body: "hanging" }, { body_timeout_seconds: 0.3, retries: 0 }],
    ["is larger than it may be", {}, { max_response_mb: 2 }],
  ])("that %s fails in the same words as a whole one", async (_, fault, client) => {
    await upstream.control({ faults: [fault] });
    const [parts, whole] = [await read(IN_PARTS, client), await read(WHOLE, client)];
    expect(whole.failure).toContain("GET http");
    expect(parts.failure).toBe(whole.failure);
    expect(whole.keys).toEqual([]);
    expect(parts.keys.length).toBeGreaterThan(500);
  });

  it.each(["$.rows", "$.total.data"])(
    "fails in the same words where %s finds nothing in it",
    async (selector) => {
      const { failure } = await read(IN_PARTS.replace("$.data", selector));
      expect(failure).toContain(`data_selector ${selector} finds nothing in the answer`);
    },
  );

  it("that is no list fails, and items are numbered through", async () => {
    expect((await read(IN_PARTS.replace("$.data", "$"))).failure).toContain("the answer is no list");
    const { pages } = await read(IN_PARTS.replace("{path", "{primary_key: number, path"));
    expect(pages.reduce((sum, { unidentified }) => sum + unidentified, 0)).toBe(MANY);
    expect(pages[1]?.problems[0]?.message).toMatch(/item [89]\d\d of the page has no number/);
  });

  it("goes on in its middle, and shows when what stood before that has changed", async () => {
    const { pages } = await read(IN_PARTS);
    const from = pages[1]?.next ?? null;
    const given = pages.slice(0, 2).flatMap(({ items }) => items).length;
    const rest = await read(IN_PARTS, {}, { from });
    expect(rest.keys).toHaveLength(MANY - given);
    expect(rest.pages.some(({ moved }) => moved)).toBe(false);
    const other = { ...from, part: { items: given, keys: "other keys" } };
    expect((await read(IN_PARTS, {}, { from: other })).pages[0]?.moved).toBe(true);
  });

  it("with an item that is too large is refused", async () => {
    await upstream.control({ put: { projects: [{ id: "d12-p1", plan: "x".repeat(3 << 20) }] } });
    const { keys, failure } = await read(IN_PARTS, { max_item_mb: 1 });
    await upstream.control({ put: { projects: [{ id: "d12-p1", plan: null }] } });
    expect(failure).toContain("an item of the answer is larger than max_item_mb (1)");
    expect(keys.length).toBeGreaterThan(500);
  });
});

describe("a sample of a large page", () => {
  it("leaves the rest unread once it has five items, and says so", async () => {
    // The end of this answer never comes.
    await upstream.control({ faults: [{ body: "hanging" }] });
    const collection = openProjects(upstream.url, IN_PARTS, { concurrency: 1 });
    const sample = await collection.sample({}, null);
    expect(sample).toMatchObject({ status: 200, partial: true, next: null, problems: [] });
    expect(sample.found).toBeLessThan(MANY / 2);
    expect(sample.rows.map(({ key }) => key)).toEqual(["d1-p1", "d1-p2", "d1-p3", "d1-p4", "d1-p5"]);
    // The request is given back, or this one would wait for its turn.
    await upstream.control({ faults: [] });
    expect(await collection.sample({}, null)).toMatchObject({ partial: true, problems: [] });
  });

  it("reads as much as there is when the selector needs it, and no more than eight megabytes", async () => {
    const whole = await openProjects(upstream.url, WHOLE).sample({}, null);
    expect(whole).toMatchObject({ found: MANY, total: MANY, problems: [] });
    expect(whole.partial).toBeUndefined();
    const { world } = await upstream.control();
    const small = world["projects"] ?? [];
    await upstream.control({ put: { projects: small.map(({ id }) => ({ id, plan: "x".repeat(4_000) })) } });
    const { rows, problems } = await openProjects(upstream.url, WHOLE).sample({}, null);
    await upstream.control({ put: { projects: small } });
    expect(rows).toEqual([]);
    expect(problems[0]?.message).toContain("finds no item in the first 8 MB of the answer");
  });

  it("says what is wrong with its beginning", async () => {
    const elsewhere = IN_PARTS.replace("$.data,", "$.nothing,");
    const { problems } = await openProjects(upstream.url, elsewhere).sample({}, null);
    expect(problems[0]?.message).toContain("data_selector $.nothing finds nothing in the answer");
  });
});
