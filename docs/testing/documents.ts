import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { headingAnchors } from "../../lib/help/manual.ts";

/** A Markdown document, cut into what the tests look at. Lines are 1-based. */
export interface Document {
  path: string;
  text: string;
  /** Inline code, outside fenced blocks. */
  spans: { code: string; line: number }[];
  /** Lines of fenced blocks. */
  fenced: { text: string; line: number }[];
  /** Targets of links and images, as written. */
  links: { target: string; line: number }[];
  /** Anchors that a link may name: of headings as GitHub makes them, and of `<a id>`. */
  anchors: Set<string>;
}

/** Every document a reader may come to, as paths from the root of the repository. */
export function documentPaths(): string[] {
  const patterns = ["*.md", "docs/**/*.md", "lib/sync/SPEC.md", "bench/*.md"];
  return globSync(patterns, { expandDirectories: false }).sort();
}

export function readDocument(path: string): Document {
  return parseDocument(path, readFileSync(path, "utf8"));
}

export function parseDocument(path: string, text: string): Document {
  const document: Document = { path, text, spans: [], fenced: [], links: [], anchors: new Set() };
  const prose: string[] = [];
  let fence = false;
  text.split("\n").forEach((line, index) => {
    const edge = /^\s*```/.test(line);
    if (edge) fence = !fence;
    else if (fence || /^ {4}\S/.test(line)) document.fenced.push({ text: line, line: index + 1 });
    prose.push(edge || fence || /^ {4}\S/.test(line) ? "" : line);
  });
  // A span may run over the end of a line.
  const whole = prose.join("\n");
  const lineAt = (offset: number) => whole.slice(0, offset).split("\n").length;
  for (const match of whole.matchAll(/(?<!`)`([^`]+)`(?!`)/g)) {
    const code = (match[1] ?? "").replace(/\s+/g, " ");
    document.spans.push({ code, line: lineAt(match.index) });
  }
  const withoutCode = whole.replace(/(?<!`)`[^`]+`(?!`)/g, (code) => code.replace(/[^\n]/g, "x"));
  for (const match of withoutCode.matchAll(/\]\(([^()\s]+)\)/g)) {
    document.links.push({ target: match[1] ?? "", line: lineAt(match.index) });
  }
  for (const match of withoutCode.matchAll(/<(?:img|a)[^>]*\s(?:src|href)="([^"]+)"/g)) {
    document.links.push({ target: match[1] ?? "", line: lineAt(match.index) });
  }
  for (const match of withoutCode.matchAll(/<a id="([^"]+)"/g)) document.anchors.add(match[1] ?? "");
  const anchorOf = headingAnchors(document.anchors);
  for (const match of whole.matchAll(/^#{1,6} (.+)$/gm))
    document.anchors.add(anchorOf((match[1] ?? "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")));
  return document;
}
