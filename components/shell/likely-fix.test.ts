import { describe, expect, it } from "vitest";
import { readSchedule } from "../../lib/yaml/read.ts";
import { likelyFix } from "./likely-fix.ts";

const GOOD = `tasks:
  - id: 1
    skill_name: backup
    schedule_cron: "0 2 * * *"
    status: active
    description: Back up
`;
/** The first problem of the text with the line replaced, as the server reports it. */
function firstProblem(from: string, to: string) {
  const text = GOOD.replace(from, to);
  expect(text).not.toBe(GOOD);
  const problem = readSchedule(text).fatal;
  if (!problem) throw new Error("the text has no problem");
  return { problem, text };
}

describe("the likely fix of a broken line", () => {
  it.each([
    ["status: active", "status active", "Missing “:” after status?"],
    ["- id: 1", "- id 1", "Missing “:” after id?"],
    ["    status", "\tstatus", "The line is indented with a tab; YAML wants spaces."],
    ['"0 2 * * *"', '"0 2 * * *', "The quote on line 4 is not closed."],
    ["Back up", "[a, b", "A bracket is not closed here."],
    ["Back up", "@daily", 'Put the value in quotes: "@daily".'],
    ["Back up", "Back up: all", "A value with “: ” in it has to be in quotes."],
    [
      "    status",
      "<<<<<<< HEAD\n    status",
      "Git left its conflict markers here: choose one side and delete the lines with <<<<<<<, ======= and >>>>>>>.",
    ],
    ["    status: active", "      status: active", "Is the line indented like its neighbours?"],
  ])("%s as %s", (from, to, fix) => {
    const { problem, text } = firstProblem(from, to);
    expect({ fix: likelyFix(problem, text), code: problem.code }).toEqual({ fix, code: "yaml_syntax" });
  });

  it("is not guessed for other problems", () => {
    expect(likelyFix({ code: "invalid_cron", line: 4, message: "" }, GOOD)).toBeNull();
    expect(likelyFix({ code: "file_missing", message: "" }, "")).toBeNull();
  });
});
