import { describe, expect, it } from "vitest";
import { checkSources, type FoundSource } from "./check-sources.ts";
import { parseSources } from "./parse-sources.ts";
import { problemLine } from "./place.ts";

const lines = (text: string) =>
  parseSources(text).problems.map((problem) => problemLine("sources.yml", problem));

describe("parseSources", () => {
  it("reads files, patterns, defaults and settings", () => {
    const read = parseSources(`# Ours.
defaults:
  sync_interval_minutes: 10
sources:
  - id: main
    file: schedule.yml
    priority: 5
  - glob: teams/*.yml
    id: "team-{name}"
    depends_on: [main]
    fields: {status: db}
  - {id: 7, file: seven.yml}
`);
    expect(read.problems).toEqual([]);
    expect(read.defaults).toEqual({ sync_interval_minutes: 10 });
    expect(read.entries).toMatchObject([
      { id: "main", file: "schedule.yml", settings: { priority: 5 }, at: { line: 5, column: 9 } },
      {
        id: "team-{name}",
        glob: "teams/*.yml",
        settings: { depends_on: ["main"], fields: { status: "database" } },
        dependsAt: { line: 10, column: 17 },
      },
      { id: "7", file: "seven.yml" },
    ]);
  });

  it.each([
    ["nothing", "", "must be a map with a list `sources`"],
    ["a list", "- a", "1:1 must be a map with a list `sources`"],
    ["no sources", "defaults: {}\n", "needs a list `sources` with at least one entry"],
    ["an empty list", "sources: []\n", "1:10 needs a list `sources`"],
    [
      "an unknown key",
      "source: []\nsources: [{id: a, file: a.yml}]",
      '1:1 "source" is not a known key; known are defaults and sources',
    ],
    [
      "a setting misspelt",
      "sources:\n  - id: a\n    file: a.yml\n    sync_interval: 5\n",
      '4:5 "sync_interval" is not a known key',
    ],
    [
      "a setting of the wrong type",
      "sources:\n  - id: a\n    file: a.yml\n    priority: high\n",
      "4:15 priority must be a whole number",
    ],
    [
      "a setting out of range",
      "defaults: {sync_interval_minutes: 0}\nsources: [{id: a, file: a.yml}]",
      "1:35 sync_interval_minutes an interval must be at least one second",
    ],
    [
      "a parent that is no id",
      "sources:\n  - id: a\n    file: a.yml\n    depends_on: [b, '../c']\n",
      "4:21 depends_on.1 must be letters",
    ],
    [
      "an owner that is no side",
      "sources:\n  - id: a\n    file: a.yml\n    fields: {status: sql}\n",
      "4:22 fields.status must be one of yaml, db",
    ],
    ["no file", "sources:\n  - id: a\n", "2:5 a source needs either `file` or `glob`"],
    [
      "both",
      "sources:\n  - {id: 'a-{name}', file: a.yml, glob: b.yml}\n",
      "2:5 a source needs either `file` or `glob`",
    ],
    ["no id", "sources:\n  - file: a.yml\n", "2:5 a source with a `file` needs an `id`"],
    [
      "a pattern with one id",
      "sources:\n  - {id: a, glob: '*.yml'}\n",
      "2:10 the id of a `glob` needs {name} or {path}",
    ],
    ["no map", "sources: [a.yml]\n", "1:11 a source must be a map"],
    ["no text", "sources: [{id: a, file: [a.yml]}]\n", "1:25 file must be text"],
    ["no YAML", "sources: [\n", "sources.yml:"],
    ["a key twice", "sources: []\nsources: []\n", "sources.yml:2:1 Map keys must be unique"],
  ])("says where there is %s", (_name, text, expected) => {
    expect(lines(text).join("\n")).toContain(expected);
  });

  it("reports all problems at once", () => {
    expect(lines("sources:\n  - {id: a, file: a.yml, priority: x}\n  - {id: b}\n  - 3\n")).toHaveLength(3);
  });
});

describe("checkSources", () => {
  const source = (id: string, more: Partial<FoundSource> = {}): FoundSource => ({
    id,
    path: `${id}.yml`,
    realPath: `/s/${id}.yml`,
    matched: false,
    depends_on: [],
    at: { line: 1 },
    dependsAt: { line: 2 },
    ...more,
  });
  const elsewhere = (id: string) => id === "far";
  it.each([
    ["sources that fit", [source("a"), source("b", { depends_on: ["a", "far"] })], ""],
    [
      "an id twice",
      [source("a"), source("a", { path: "c.yml", realPath: "/c" })],
      "the id a is used twice, for a.yml and c.yml; give one of them another id",
    ],
    [
      "a file twice, by another name",
      [source("a"), source("b", { realPath: "/s/a.yml" })],
      "b.yml is in two sources, a and b",
    ],
    ["an unknown parent", [source("a", { depends_on: ["x", "y"] })], "a depends on x, y, which is no source"],
    [
      "a circle",
      [source("a", { depends_on: ["b"] }), source("b", { depends_on: ["a"] })],
      "in a circle: a -> b -> a",
    ],
    [
      "an id that a file's name gave",
      [source("team-grün")],
      '"team-grün" (team-grün.yml) cannot be a source\'s id',
    ],
  ])("%s", (_name, found, expected) => {
    const { problems } = checkSources(found, elsewhere);
    expect(problems.map(({ message }) => message).join("\n")).toContain(expected);
    if (expected === "") expect(problems).toEqual([]);
    expect(problems.filter((problem) => problem.left_out)).toEqual([]);
  });

  const matched = (id: string, path: string, realPath = path) =>
    source(id, { path, realPath, matched: true });
  it.each([
    ["an id that cannot be one", [matched("my jobs", "/my jobs.yml"), matched("b", "/b.yml")], ["/b.yml"], 1],
    ["the same id twice, so neither counts", [matched("a", "/a.yaml"), matched("a", "/a.yml")], [], 1],
    ["the id of a file that is named", [matched("a", "/x/a.yml"), source("a")], ["a.yml"], 1],
    ["a link to a file beside it", [matched("l", "/l.yml", "/m.yml"), matched("m", "/m.yml")], ["/m.yml"], 1],
    [
      "a file that is named as well",
      [matched("m", "/a.yml"), source("a", { realPath: "/a.yml" })],
      ["a.yml"],
      1,
    ],
    [
      "the parent of another",
      [matched("my jobs", "/j.yml"), source("b", { depends_on: ["my jobs"] })],
      ["b.yml"],
      1,
    ],
  ] as const)("leaves out of a pattern's files %s", (_name, found, fitting, count) => {
    const checked = checkSources<FoundSource>(found, elsewhere);
    expect(checked.fitting.map(({ path }) => path)).toEqual(fitting);
    expect(checked.problems.map((problem) => problem.left_out)).toEqual(Array(count).fill(true));
  });
});
