import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseSources } from "../parse-sources.ts";
import { problemLine } from "../place.ts";
import { sourcesFileJsonSchema } from "./file-schema.ts";
import { placeholdersIn } from "./resource.ts";
import { laterCursor, withOverlap } from "./since.ts";

const EXAMPLE = readFileSync("config/examples/erp.yml", "utf8");

describe("kind: http", () => {
  it("makes each resource a source of its own, after its parent", () => {
    const { entries, problems } = parseSources(EXAMPLE);
    expect(problems).toEqual([]);
    expect(entries.map(({ id, settings }) => [id, settings.depends_on, settings.cascade_sync])).toEqual([
      ["directories", undefined, true],
      ["projects", ["directories"], true],
      ["phases", ["projects"], true],
      ["elevations", ["phases"], true],
      ["erp-tasks", undefined, undefined],
    ]);
    expect(entries[2]?.http?.resource).toMatchObject({
      parent: { source: "projects", kind: "path", field: "id" },
      primary_key: ["id"],
      type: "phases",
    });
  });

  const resource = "{id: a, path: /a, paginator: {type: single_page}}";
  const list = (client: string, resources: string) =>
    `sources:\n  - kind: http\n    client: ${client}\n    resources:\n      - ${resources}\n`;
  const CLIENT = "{base_url: https://erp.example.com}";
  it.each([
    [
      "no client",
      "sources:\n  - kind: http\n    resources: []\n",
      "2:5 a source of kind http needs a map `client`",
    ],
    [
      "no resources",
      "sources:\n  - kind: http\n    client: {base_url: https://a.b}\n",
      "needs a list `resources`",
    ],
    [
      "another scheme",
      list("{base_url: ftp://a.b}", resource),
      "3:24 client.base_url must be an address that begins with http:// or https://",
    ],
    [
      "a password in the address",
      list("{base_url: https://me:pw@a.b}", resource),
      "3:24 client.base_url must hold no user and password",
    ],
    [
      "a secret in the file",
      list("{base_url: https://a.b, auth: {type: bearer, token: abc}}", resource),
      "3:65 client.auth.token must come from the environment: write ${NAME}",
    ],
    [
      "an unknown auth",
      list("{base_url: https://a.b, auth: {type: magic}}", resource),
      "client.auth.type must have a type: bearer",
    ],
    [
      "a key misspelt",
      list(CLIENT, "{id: a, path: /a, primarykey: id, paginator: {type: single_page}}"),
      '5:39 a resource has no key "primarykey"; known are id, type, path',
    ],
    ["no paginator", list(CLIENT, "{id: a, path: /a}"), "5:9 a needs a paginator, here or in the client"],
    [
      "a paginator's key missing",
      list(CLIENT, "{id: a, path: /a, paginator: {type: cursor}}"),
      "paginator.cursor_path must be text",
    ],
    [
      "no JSONPath",
      list(CLIENT, "{id: a, path: /a, data_selector: data, paginator: {type: single_page}}"),
      "5:42 data_selector must be a JSONPath",
    ],
    [
      "a way out of the path",
      list(CLIENT, "{id: a, path: /a/../b, paginator: {type: single_page}}"),
      "5:23 path must not have ..",
    ],
    [
      "two parents",
      list(CLIENT, "{id: a, path: '/{b.id}/{c.id}', paginator: {type: single_page}}"),
      "a can hang from one resource only, not from b, c",
    ],
    [
      "a setting out of range",
      list(CLIENT, "{id: a, path: /a, paginator: {type: single_page}, priority: 5000}"),
      "5:69 priority must be at most 1000",
    ],
    [
      "another kind",
      "sources: [{kind: ftp, id: a, file: a.yml}]",
      "1:18 kind must be yaml-file, http, http_tasks or csv",
    ],
  ])("reports %s with its place", (_, text, problem) => {
    const lines = parseSources(text).problems.map((each) => problemLine("sources.yml", each));
    expect(lines.join("\n")).toContain(problem);
  });
});

describe("the JSON Schema for editors", () => {
  it("is current (npx vitest run lib/source/http -u writes it)", async () => {
    await expect(`${JSON.stringify(sourcesFileJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
      "../../../config/sources.schema.json",
    );
  });

  it("takes the example, and not a key misspelt", () => {
    const validate = new Ajv({ strict: false, formats: { uri: true } }).compile(sourcesFileJsonSchema());
    expect(validate(parse(EXAMPLE))).toBe(true);
    expect(validate(parse(EXAMPLE.replace("item_path", "itempath")))).toBe(false);
    expect(validate(parse(EXAMPLE.replace("send_other", "sendother")))).toBe(false);
  });
});

it("finds parents in a path", () => {
  expect(placeholdersIn("/projects/{projects.id}/phases/{my-erp.v1.key}")).toEqual([
    { source: "projects", field: "id" },
    { source: "my-erp.v1", field: "key" },
  ]);
});

it.each([
  ["2026-01-05T10:00:00Z", 60, "2026-01-05T09:59:00.000Z"],
  ["2026-01-05", 86_400, "2026-01-04"],
  [1_000, 10, "990"],
  ["1000", 10, "990"],
  ["v7", 10, "v7"],
  [null, 10, null],
])("asks from before the cursor %s", (cursor, overlap, expected) => {
  expect(withOverlap(cursor, overlap)).toBe(expected);
});

it.each([
  [null, "a", "a"],
  ["2026-01-05T10:00:00+02:00", "2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z"],
  [9, 10, 10],
  ["9", "10", "10"],
  ["b", "a", "b"],
  ["a", null, "a"],
])("keeps the later of the cursors %s and %s", (a, b, later) => {
  expect(laterCursor(a, b)).toBe(later);
});
