import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { parseEnv } from "../config/env.ts";
import { ERROR_STATUS } from "../lib/errors.ts";
import { PROBLEM_CODES } from "../lib/problem.ts";
import { EVENT_NAMES } from "../lib/protocol/event.ts";
import { methodAndPath, ROUTE_KEYS } from "../lib/protocol/routes.ts";
import { SETTING_NAMES } from "../lib/source/settings.ts";
import { readDocument } from "./testing/documents.ts";

const ENV_NAMES = variablesOf("config/env.ts");

describe("the reference has all of it", () => {
  it("every route is in api.md", () => {
    const missing = ROUTE_KEYS.filter((key) => !spansOf("docs/api.md").has(key));
    expect(missing.map((key) => methodAndPath(key))).toEqual([]);
  });

  it.each([
    ["error code", Object.keys(ERROR_STATUS), "docs/api.md"],
    ["event", EVENT_NAMES, "docs/events.md"],
    ["problem code", PROBLEM_CODES, "docs/troubleshooting.md"],
    ["setting of a source", SETTING_NAMES, "docs/sources.md"],
    ["variable of the environment", ENV_NAMES, "docs/configuration.md"],
  ] as const)("every %s", (_, names, path) => {
    expect(names.filter((name) => !spansOf(path).has(name))).toEqual([]);
  });

  it("every error has its status", () => {
    const page = readDocument("docs/api.md").text;
    const wrong = Object.entries(ERROR_STATUS).filter(
      ([code, status]) => !new RegExp(`^\\| \`${code}\` \\| ${status} \\|`, "m").test(page),
    );
    expect(wrong).toEqual([]);
  });
});

describe(".env.example", () => {
  const example = exampleValues();

  it("has every variable of config/env.ts and no other, each with a sentence", () => {
    expect([...example.keys()].sort()).toEqual([...ENV_NAMES].sort());
    const silent = [...example]
      .filter(([, { comment }]) => !/^# [A-Z].*\.$/s.test(comment))
      .map(([name]) => name);
    expect(silent).toEqual([]);
  });

  it("gives the defaults", () => {
    const values = Object.fromEntries([...example].map(([name, { value }]) => [name, value]));
    expect(parseEnv(values)).toEqual(parseEnv({}));
    const defaults: Record<string, unknown> = parseEnv({});
    const unsaid = [...example].filter(([name, { value }]) => {
      const preset = defaults[name];
      return value === "" && preset !== undefined && !(Array.isArray(preset) && preset.length === 0);
    });
    expect(unsaid.map(([name]) => name)).toEqual([]);
  });
});

/** Code spans of a page, a call's query and an assignment's value left out. */
function spansOf(path: string): Set<string> {
  return new Set(readDocument(path).spans.map(({ code }) => code.replace(/[?={].*$/, "").trim()));
}

/** Names in capitals that the schema of the environment has as keys. */
function variablesOf(path: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && /^[A-Z_]+$/.test(node.name.text)) {
      names.push(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest));
  return [...new Set(names)];
}

/** `NAME=value` lines with the comment above each. */
function exampleValues(): Map<string, { value: string; comment: string }> {
  const found = new Map<string, { value: string; comment: string }>();
  let comment: string[] = [];
  for (const line of readFileSync(".env.example", "utf8").split("\n")) {
    const [, name, value = ""] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, { value, comment: comment.join("\n") });
    comment = line.startsWith("#") ? [...comment, line] : [];
  }
  return found;
}
