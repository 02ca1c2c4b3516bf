import { describe, expect, it } from "vitest";
import { parseSources } from "../parse-sources.ts";
import { problemLine } from "../place.ts";
import { inOurWords, inTheirWords } from "./expression.ts";

const source = (changes: Record<string, string> = {}) => {
  const keys: Record<string, string> = {
    id: "erp",
    client: "{base_url: https://erp.example.com}",
    path: "/tasks",
    paginator: "{type: single_page}",
    item_path: "/tasks/{item.id}",
    map: "{id: id, skill_name: name, schedule_cron: cron, params: {budget: meta.budget}}",
    writes: "{create: {}, update: {}, delete: {}}",
    ...changes,
  };
  const lines = Object.entries(keys).flatMap(([key, value]) =>
    value === "" ? [] : [`    ${key}: ${value}`],
  );
  return `sources:\n  - kind: http_tasks\n${lines.join("\n")}\n`;
};
const fieldsOf = (text: string) => {
  const { entries, problems } = parseSources(text);
  expect(problems).toEqual([]);
  return entries[0]?.settings;
};

describe("kind: http_tasks", () => {
  it("is a source of tasks, whose one-sided fields have an owner", () => {
    expect(fieldsOf(source())).toMatchObject({
      older_file: "accept",
      fields: { description: "database", status: "database", timezone: "database", next_run_at: "database" },
    });
    expect(fieldsOf(source())?.fields).not.toHaveProperty("skill_name");
    expect(fieldsOf(source())?.direction).toBeUndefined();
  });

  it("gives the API what no request carries, and all of it where nothing is written", () => {
    const map = "{id: id, skill_name: {value: bill}, schedule_cron: '$.times[0]', description: about}";
    const body = "{update: {body: {text: '{description}'}}}";
    expect(fieldsOf(source({ map, writes: body }))?.fields).toMatchObject({
      skill_name: "file",
      schedule_cron: "file",
      params: "database",
    });
    expect(fieldsOf(source({ writes: "" }))).toMatchObject({
      direction: "file_to_database",
      fields: { skill_name: "file" },
    });
  });

  it("lets the settings that are given stand", () => {
    const settings = fieldsOf(source({ older_file: "ask", fields: "{skill_name: yaml, timezone: yaml}" }));
    expect(settings).toMatchObject({
      older_file: "ask",
      fields: { skill_name: "file", timezone: "database" },
    });
  });

  it.each([
    ["no map", { map: "" }, "2:5 map must be a map of our fields and theirs"],
    [
      "a field that is needed",
      { map: "{id: id, skill_name: name}" },
      "8:10 map.schedule_cron must be a field",
    ],
    [
      "an expression that is none",
      { map: "{id: id, skill_name: name, schedule_cron: {form: cron}}" },
      "8:52 map.schedule_cron must be a field of theirs, {from: field",
    ],
    ["a key misspelt", { itempath: "/x" }, '10:15 a source of kind http_tasks has no key "itempath"'],
    ["no paginator", { paginator: "" }, "2:5 erp needs a paginator"],
    ["writes without a place", { item_path: "" }, "8:13 erp: writes need item_path"],
    ["a place of no task", { item_path: "/tasks" }, "7:16 erp: item_path must name the task"],
    [
      "a name that is no field",
      { writes: "{update: {body: {a: '{nmae}'}}}" },
      "9:29 erp: {nmae} is no field of a task; {item.nmae} would be a field of theirs",
    ],
    [
      "their field in a new task",
      { writes: "{create: {body: {id: '{id}', a: '{item.b}'}}}" },
      "9:29 erp: {item.b} is a field of theirs, which a new task does not have yet",
    ],
    [
      "a new task without its id",
      { writes: "{create: {body: {a: '{skill_name}'}}}" },
      "9:22 erp: a new task must be given its {id}",
    ],
    [
      "a method that is none",
      { writes: "{update: {method: GET}}" },
      "9:31 writes.update.method must be POST",
    ],
    ["a setting out of range", { priority: "5000" }, "10:15 priority must be at most 1000"],
  ] as [string, Record<string, string>, string][])("reports %s with its place", (_, changes, problem) => {
    const { entries, problems } = parseSources(source(changes));
    expect(problems.map((each) => problemLine("sources.yml", each)).join("\n")).toContain(problem);
    expect(changes["priority"] === undefined ? entries : []).toEqual([]);
  });
});

describe("words of theirs and ours", () => {
  const status = { from: "on", values: { true: "active", false: "paused", gone: "paused" } };

  it.each([
    [true, "active"],
    ["gone", "paused"],
    ["odd", "odd"],
    [null, null],
    [undefined, undefined],
  ])("%s is read as %s", (theirs, ours) => {
    expect(inOurWords(status, theirs)).toBe(ours);
  });

  it.each([
    ["active", false, true],
    ["active", "false", "true"],
    ["active", undefined, true],
    ["paused", "gone", "gone"],
    ["paused", true, false],
    ["failed", true, undefined],
    [null, true, null],
  ])("%s where %s stands is sent as %s", (ours, present, theirs) => {
    expect(inTheirWords(status, ours, present)).toBe(theirs);
  });

  it("a value without a word has the one for all others", () => {
    expect(inTheirWords({ ...status, send_other: false }, "failed", true)).toBe(false);
  });
});
