import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { documentPaths, parseDocument, readDocument, type Document } from "./testing/documents.ts";

const anchorsOf = new Map<string, Set<string>>();

describe("a document's links lead somewhere", () => {
  it.each(documentPaths())("%s", (path) => {
    expect(deadLinksIn(readDocument(path))).toEqual([]);
  });

  it("and a dead one is found, of a file or of an anchor", () => {
    const text =
      "# Here\n[a](#here) [b](#gone) [c](glossary.md) [d](gone.md)\n![e](images/gone.png) [f](glossary.md#gone)";
    expect(deadLinksIn(parseDocument("docs/any.md", text))).toEqual([
      "2: #gone",
      "2: gone.md",
      "3: images/gone.png",
      "3: glossary.md#gone",
    ]);
  });
});

describe("README.md is the door", () => {
  it("has at most 900 words", () => {
    expect(readDocument("README.md").text.trim().split(/\s+/).length).toBeLessThanOrEqual(900);
  });

  it("or a page that it leads to leads to every page of docs/", () => {
    const reached = new Set<string>(["README.md"]);
    for (const path of reached) {
      for (const { target } of readDocument(path).links) {
        const [file = ""] = target.split("#");
        if (file.endsWith(".md") && !isElsewhere(target)) reached.add(normalize(join(dirname(path), file)));
      }
    }
    expect(documentPaths().filter((path) => !reached.has(path))).toEqual([]);
  });
});

/** Links that lead nowhere, as `line: target`. Other sites are not asked. */
function deadLinksIn(document: Document): string[] {
  return document.links
    .filter(({ target }) => !isElsewhere(target) && !leadsSomewhere(document, target))
    .map(({ target, line }) => `${line}: ${target}`);
}

function isElsewhere(target: string): boolean {
  return /^[a-z]+:/.test(target);
}

function leadsSomewhere(document: Document, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const path = file === "" ? document.path : normalize(join(dirname(document.path), file));
  if (file !== "" && !existsSync(path)) return false;
  if (anchor === undefined) return true;
  if (file === "") return document.anchors.has(anchor);
  if (!path.endsWith(".md")) return false;
  const anchors = anchorsOf.get(path) ?? readDocument(path).anchors;
  anchorsOf.set(path, anchors);
  return anchors.has(anchor);
}
