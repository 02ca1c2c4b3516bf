import { describe, expect, it } from "vitest";
import type { Json, JsonMap } from "../json.ts";
import { FIELD_DEFAULTS } from "./fields.ts";
import { parseTask } from "./schema.ts";

const PLAIN: JsonMap = { id: 1, skill_name: "backup", schedule_cron: "0 3 * * *" };

function parsed(plain: Json) {
  const result = parseTask(plain);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join("; "));
  return result.task;
}

function problems(plain: Json): [code: string, path: string][] {
  const result = parseTask(plain);
  return result.ok ? [] : result.problems.map(({ code, path }) => [code, path.join(".")]);
}

describe("parseTask", () => {
  it("fills in what may be left out", () => {
    expect(parsed(PLAIN)).toMatchObject({
      next_run_at: null,
      timezone: "UTC",
      status: "pending",
      description: null,
      params: {},
    });
    expect(parsed(PLAIN)).toEqual({ ...PLAIN, ...FIELD_DEFAULTS, updated_at: null, extra: {} });
    expect(parsed({ ...PLAIN, params: null, description: null, next_run_at: null })).toEqual(parsed(PLAIN));
  });

  it("brings times to one notation", () => {
    expect(
      parsed({ ...PLAIN, next_run_at: "2026-01-31 03:00:00 +01:00", updated_at: "2026-01-31" }),
    ).toMatchObject({ next_run_at: "2026-01-31T02:00:00.000Z", updated_at: "2026-01-31T00:00:00.000Z" });
  });

  it("keeps unknown keys of every name", () => {
    const plain = JSON.parse('{"owner":null,"__proto__":{"a":1},"constructor":2}') as JsonMap;
    const task = parsed({ ...PLAIN, ...plain, params: JSON.parse('{"__proto__":3}') as JsonMap });
    expect(JSON.stringify(task.extra)).toBe('{"owner":null,"__proto__":{"a":1},"constructor":2}');
    expect(JSON.stringify(task.params)).toBe('{"__proto__":3}');
  });

  it.each([0, 7, 9007199254740991, "nightly", "a.b-c_D", "007"])("takes the id %j as it is", (id) =>
    expect(parsed({ ...PLAIN, id }).id).toBe(id),
  );

  it.each([
    ["an id below zero", { ...PLAIN, id: -1 }, [["invalid_task", "id"]]],
    ["a fraction as id", { ...PLAIN, id: 1.5 }, [["invalid_task", "id"]]],
    ["an id with a space", { ...PLAIN, id: "a b" }, [["invalid_task", "id"]]],
    ["no id", { skill_name: "s", schedule_cron: "0 3 * * *" }, [["missing_id", ""]]],
    [
      "neither skill nor cron",
      { id: 1 },
      [
        ["invalid_task", ""],
        ["invalid_task", ""],
      ],
    ],
    ["an empty skill", { ...PLAIN, skill_name: " " }, [["invalid_task", "skill_name"]]],
    ["a number for text", { ...PLAIN, skill_name: 1 }, [["invalid_task", "skill_name"]]],
    ["a bad cron", { ...PLAIN, schedule_cron: "61 * * * *" }, [["invalid_cron", "schedule_cron"]]],
    ["a bad time zone", { ...PLAIN, timezone: "Mars/Base" }, [["invalid_timezone", "timezone"]]],
    ["a bad time", { ...PLAIN, next_run_at: "tomorrow" }, [["invalid_task", "next_run_at"]]],
    ["a bad status", { ...PLAIN, status: "on" }, [["invalid_task", "status"]]],
    ["params that are a list", { ...PLAIN, params: [1] }, [["invalid_task", "params"]]],
    ["a reserved key", { ...PLAIN, source: "x" }, [["reserved_key", "source"]]],
    ["a NUL", { ...PLAIN, params: { a: ["x", "\0"] } }, [["unstorable_value", "params.a.1"]]],
    [
      "half a surrogate pair in a key",
      { ...PLAIN, owner: { "\ud800": 1 } },
      [["unstorable_value", "owner.\ud800"]],
    ],
    ["a number beyond 2^53", { ...PLAIN, owner: 2 ** 53 }, [["unstorable_value", "owner"]]],
    ["not a number", { ...PLAIN, params: { a: NaN } }, [["unstorable_value", "params.a"]]],
    ["no map", "task", [["invalid_task", ""]]],
  ] as const)("refuses %s", (_name, plain, then) => expect(problems(plain as unknown as Json)).toEqual(then));

  it("refuses what is nested without end, and does not fall over it", () => {
    let deep: Json = 1;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    expect(problems({ ...PLAIN, params: { deep } }).map(([code]) => code)).toEqual(["unstorable_value"]);
  });

  it("names every problem at once, in words", () => {
    const result = parseTask({ id: null, skill_name: 1, schedule_cron: "x", updated_at: 5 });
    if (result.ok) throw new Error("expected problems");
    const text = result.problems.map(({ message }) => message).join("\n");
    for (const words of [
      /id: must be an integer or/,
      /skill_name: must be text/,
      /not a cron expression/,
      /updated_at: must be a time such as/,
    ])
      expect(text).toMatch(words);
  });
});
