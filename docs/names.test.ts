import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROUTE_KEYS } from "../lib/protocol/routes.ts";
import { documentPaths, parseDocument, readDocument, type Document } from "./testing/documents.ts";
import { readSource } from "./testing/source.ts";

const source = readSource();
const scripts = Object.keys(
  (JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object }).scripts,
);
const everyName = new Set([...source.declared.values()].flatMap((names) => [...names]));
const OURS = "(?:app|bench|components|config|deploy|docs|e2e|lib|prisma|proof|scripts|server)";

/** Paths that documents may name although they are not in the repository: the user's own, or made at run time. */
const NOT_IN_THE_REPOSITORY = new Set(["config/sources.yml", "server/store/generated"]);
/** Programs of others. */
const NOT_OURS = new Set(["pg_dump"]);

describe("a document names only what exists", () => {
  // CHANGELOG.md is about the past; benchmark results are tables without names.
  const checked = documentPaths().filter((path) => path !== "CHANGELOG.md" && !path.startsWith("bench/"));

  it.each(checked)("%s", (path) => {
    expect(unknownIn(readDocument(path))).toEqual([]);
  });

  it("and finds every kind of name that does not exist", () => {
    const text = [
      "`lib/sync/gone.ts` `gone.test.ts` `server/gone/` `goneAway` `GoneAway` `goneAway(tasks)` `vanishedFrom` `vanished()`",
      "`gone_away` `GONE_AWAY` `GET /api/gone` `npm run vanish` `noneOfThese` in `lib/json.ts`",
      '`lib/json.test.ts` "is no title"',
      "```",
      "npx vitest run lib/gone.test.ts",
      "```",
    ].join("\n");
    expect(unknownIn(parseDocument("lib/sync/SPEC.md", text))).toEqual([
      "1: lib/sync/gone.ts",
      "1: gone.test.ts",
      "1: server/gone/",
      "1: goneAway",
      "1: GoneAway",
      "1: goneAway(tasks)",
      "1: vanishedFrom",
      "1: vanished()",
      "2: gone_away",
      "2: GONE_AWAY",
      "2: GET /api/gone",
      "2: npm run vanish",
      "2: noneOfThese",
      "5: lib/gone.test.ts",
      "2: noneOfThese in lib/json.ts",
      "3: is no title in lib/json.test.ts",
    ]);
  });
});

/** What the document names and the code does not have, as `line: name`. */
function unknownIn(document: Document): string[] {
  const unknown: string[] = [];
  for (const { code, line } of document.spans) {
    if (!isKnown(code)) unknown.push(`${line}: ${code}`);
  }
  for (const { text, line } of document.fenced) {
    for (const path of text
      .split(/[\s"'=]+/)
      .filter((word) => new RegExp(`^${OURS}/\\S+\\.\\w+$`).test(word))) {
      if (!pathExists(path)) unknown.push(`${line}: ${path}`);
    }
  }
  return [...unknown, ...notInThatFile(document), ...titlesNotInThatFile(document)];
}

/** Text that is no name (a sentence, a value, an address) is known. */
function isKnown(code: string): boolean {
  const route = /^(GET|POST|PUT|PATCH|DELETE) (\/api\/[^\s?]+)/.exec(code);
  if (route) return ROUTE_KEYS.some((key) => key === `${route[1]} ${route[2]}`);
  const script = /^npm run ([\w:]+)/.exec(code);
  if (script) return scripts.includes(script[1] ?? "");
  if (/\s/.test(code)) return code.split(" ").every((word) => !isPath(word) || pathExists(word));
  if (isPath(code)) return pathExists(code);
  if (NOT_OURS.has(code)) return true;
  const call = /^([A-Za-z_$][\w$]*)\(.*\)$/.exec(code);
  if (call) return everyName.has(call[1] ?? "");
  if (/^[a-z][a-z0-9]*[A-Z]\w*$|^[A-Z][a-z0-9]+[A-Z]\w*$/.test(code)) return everyName.has(code);
  if (/^[A-Za-z]+_\w+$/.test(code)) return source.words.has(code);
  return true;
}

function isPath(code: string): boolean {
  return (
    /^[\w./()[\]*-]+\.(?:tsx?|[cm]js|sh|md|sql|prisma|css|svg|png)$/.test(code) ||
    new RegExp(`^${OURS}/[\\w./()[\\]*-]+$`).test(code)
  );
}

/** A path from the root, or the end of one; `*` stands for a part of a name. */
function pathExists(path: string): boolean {
  const wanted = path.replace(/\/$/, "");
  if (NOT_IN_THE_REPOSITORY.has(wanted)) return true;
  const pattern = wanted.replace(/[.()[\]]/g, "\\$&").replace(/\*+/g, "[^/]*");
  const expression = new RegExp(`(?:^|/)${pattern}$`);
  return (
    source.files.some((file) => expression.test(file)) || source.folders.some((name) => expression.test(name))
  );
}

/** "`a` and `b` in `file.ts`": the file has to declare both. */
function notInThatFile({ text }: Document): string[] {
  const claims = text.matchAll(/((?:`[A-Za-z_$][\w$]*`(?:,\s+|\s+and\s+)?)+)\s+in\s+`([\w./-]+\.tsx?)`/g);
  return [...claims].flatMap((claim) => {
    const [, names = "", file = ""] = claim;
    const line = text.slice(0, claim.index).split("\n").length;
    return [...names.matchAll(/`([^`]+)`/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !filesNamed(file).some((path) => source.declared.get(path)?.has(name)))
      .map((name) => `${line}: ${name} in ${file}`);
  });
}

/** '`file.test.ts` "a title", "another"': the test file has to have both. */
function titlesNotInThatFile({ text }: Document): string[] {
  const claims = text.matchAll(/`([\w./-]+\.(?:test|spec)\.tsx?)`((?:,?\s+(?:and\s+)?"[^"]+")+)/g);
  return [...claims].flatMap((claim) => {
    const [, file = "", titles = ""] = claim;
    const line = text.slice(0, claim.index).split("\n").length;
    return [...titles.matchAll(/"([^"]+)"/g)]
      .map(([, title = ""]) => title.replace(/\s+/g, " "))
      .filter((title) => !filesNamed(file).some((path) => source.titles.get(path)?.has(title)))
      .map((title) => `${line}: ${title} in ${file}`);
  });
}

function filesNamed(file: string): string[] {
  return source.files.filter((path) => path === file || path.endsWith(`/${file}`));
}
