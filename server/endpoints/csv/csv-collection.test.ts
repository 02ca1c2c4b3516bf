import { appendFileSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSources } from "../../../lib/source/parse-sources.ts";
import { problemLine } from "../../../lib/source/place.ts";
import type { Page } from "../collection.ts";
import { CsvCollection } from "./csv-collection.ts";

let home: string;
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-csv-")));
});
afterAll(() => rmSync(home, { recursive: true }));

/** A file that was at rest for long. */
function file(text: string | Buffer, name = "a.csv"): string {
  const path = join(home, name);
  writeFileSync(path, text);
  utimesSync(path, new Date(0), new Date(0));
  return path;
}

function open(keys = "file: a.csv", place = join(home, "a.csv")): CsvCollection {
  const { entries, problems } = parseSources(`sources:\n  - {kind: csv, id: parts, ${keys}}\n`);
  const config = entries[0]?.csv;
  if (!config) throw new Error(JSON.stringify(problems));
  return new CsvCollection({
    ...{ config, place, valueOf: () => "a secret" },
    mayUse: (real) => real.startsWith(home),
  });
}

async function pages(collection: CsvCollection, from: Page["next"] = null): Promise<Page[]> {
  const read: Page[] = [];
  for await (const page of collection.pages({ parent: null, from, since: null, validators: null }))
    read.push(page);
  return read;
}
const problemOf = (keys?: string) => pages(open(keys)).catch((error: Error) => error.message);

describe("a CSV file", () => {
  it.each([
    [
      "plain",
      "id,name\n1,a\n2,b\n",
      [
        { id: "1", name: "a" },
        { id: "2", name: "b" },
      ],
    ],
    ["with a byte order mark and CRLF", "\uFEFFid,name\r\n1,a\r\n", [{ id: "1", name: "a" }]],
    [
      "with quotes, commas and line breaks in values",
      'id,"the name"\n1,"a ""b"", c\nd"\n\n',
      [{ id: "1", "the name": 'a "b", c\nd' }],
    ],
    ["without an end of its last line", "id\n1", [{ id: "1" }]],
    ["with only the line of its columns", "id,name\n", []],
    ["that is empty", "", []],
  ])("%s has its rows as objects of texts", async (_, text, rows) => {
    file(text);
    const [page] = await pages(open());
    expect(page).toMatchObject({ next: null, problems: [], moved: false });
    expect(page?.items.map(({ data }) => data)).toEqual(rows);
  });

  it("may have another delimiter, a key of several columns, a parent and a time", async () => {
    file("a;b;of;at\n1;2;p;2026-01-05T10:00:00Z\n");
    const keys =
      "file: a.csv, delimiter: ;, primary_key: [a, b], updated_at: at, parent: {resource: p, field: of}";
    expect((await pages(open(keys)))[0]?.items).toMatchObject([
      { key: "1/2", parent: "p", updatedAt: "2026-01-05T10:00:00.000Z" },
    ]);
  });

  it("holds rows that do not fit, with their line, and then proves nothing about what is missing", async () => {
    file("id,name\n1,a\n2\n3,c,d\n,e\n5,f\n");
    const [page] = await pages(open());
    expect(page?.items.map(({ key }) => key)).toEqual(["1", "5"]);
    expect(page?.unidentified).toBe(3);
    expect(page?.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining("on line 3"),
      expect.stringContaining("on line 4"),
      expect.stringContaining("has no id that could be its key"),
    ]);
    file('id\n1\n"2\n3\n');
    expect(await pages(open())).toMatchObject([{ items: [{ key: "1" }], unidentified: 1 }]);
  });

  it.each([
    ["two columns of one name", "id,id\n1,2\n", "two columns with the name id"],
    ["a column without a name", "id,\n1,2\n", "column 2 has no name"],
    ["another encoding", Buffer.from("id\n\xe4\n", "latin1"), "it is not UTF-8"],
  ])("with %s cannot be used", async (_, text, message) => {
    file(text);
    expect(await problemOf()).toContain(message);
  });

  it("that is missing, or lies elsewhere, is a problem of its own", async () => {
    const read = (place: string) => pages(open("file: a.csv", place)).catch((error: Error) => error.message);
    expect(await read(join(home, "none.csv"))).toBe(`read ${home}/none.csv: there is no such file`);
    expect(await read("/etc/passwd")).toContain("leads out of the folders");
  });

  it("is read a thousand rows at a time, and gone on with where an earlier reading stood", async () => {
    const path = file(`id\n${Array.from({ length: 2_500 }, (_, i) => `${i + 1}\n`).join("")}`);
    const [first, second, third] = await pages(open());
    expect([first, second, third].map((page) => page?.items.length)).toEqual([1_000, 1_000, 500]);
    const rest = await pages(open(), second?.next ?? null);
    expect(rest.map(({ items, moved }) => [items[0]?.key, items.length, moved])).toEqual([
      ["2001", 500, false],
    ]);
    appendFileSync(path, "2501\n");
    expect((await pages(open(), second?.next ?? null))[0]).toMatchObject({ moved: true });
    file("id\n1\n");
    expect(await pages(open(), second?.next ?? null)).toMatchObject([{ items: [], moved: true }]);
  });

  it("that changes while it is read says so", async () => {
    const path = file(`id\n${Array.from({ length: 1_500 }, (_, i) => `${i + 1}\n`).join("")}`);
    const reading = open().pages({ parent: null, from: null, since: null, validators: null });
    const moved: boolean[] = [];
    for await (const page of reading) {
      if (moved.push(page.moved) === 1) appendFileSync(path, "1501\n");
    }
    expect(moved).toEqual([false, true]);
  });

  it("is tried out with another key, and shows what is wrong", async () => {
    file("id,number\n1,7\n2,8\n");
    expect(await open().sample({ primary_key: "number" })).toMatchObject({
      ...{ request: `read ${home}/a.csv`, found: 2, next: null, problems: [] },
      rows: [
        { key: "7", data: { id: "1", number: "7" } },
        { key: "8", data: { id: "2", number: "8" } },
      ],
    });
    file('id\n"1');
    expect(await open().sample({})).toMatchObject({
      found: 0,
      rows: [],
      problems: [{ code: "unusable_answer" }],
    });
  });
});

it("is downloaded with the credentials of its client, and tells of an answer that is none", async () => {
  const server = createServer((request, response) => {
    const known =
      request.headers.authorization === "Bearer a secret" && request.headers.accept?.includes("csv");
    response.statusCode = known ? 200 : 403;
    response.end("id,name\n1,a\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/parts.csv?all=1`;
  const client = "client: {allow_private: true, retries: 0, auth: {type: bearer, token: '${TOKEN}'}}";
  const [page] = await pages(open(`url: "${url}", ${client}`, url));
  expect(page).toMatchObject({ request: `GET ${url}, from row 1 on`, items: [{ key: "1" }] });
  expect(await problemOf(`url: "${url}", client: {allow_private: true, retries: 0}`)).toContain(
    "answered 403",
  );
  expect(await problemOf(`url: "${url}", client: {retries: 0}`)).toContain("allow_private");
  server.close();
});

it.each([
  ["id: a", "2:5 a needs either `file` or `url`"],
  ["id: a, file: a.csv, url: 'https://a.b/c'", "2:5 a needs either `file` or `url`"],
  ["id: a, url: 'ftp://a.b/c'", "2:29 url must be an address that begins with http:// or https://"],
  ["id: a, url: 'https://me:pw@a.b/c'", "must hold no user and password"],
  ["id: a, file: a.csv, delimiter: ab", "delimiter must be one character"],
  ["id: a, file: a.csv, keys: b", 'has no key "keys"'],
  ["id: a, file: a.csv, client: {}", "a has a file, so that no client is needed"],
  ["id: a, file: a.csv, priority: 5000", "priority must be at most 1000"],
])("%s is reported with its place", (keys, problem) => {
  const { problems } = parseSources(`sources:\n  - {kind: csv, ${keys}}\n`);
  expect(problems.map((each) => problemLine("", each).trim()).join("\n")).toContain(problem);
});
