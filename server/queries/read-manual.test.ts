import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../docs/testing/documents.ts";
import { headingAnchors, MANUAL, manualLink } from "../../lib/help/manual.ts";
import { manualHtml, readManual } from "./read-manual.ts";

describe("manualHtml", () => {
  it.each<[string, string]>([
    ["# Title\n\nText", "<p>Text</p>"],
    ["## An `id` that changes", '<h2 id="an-id-that-changes">An <code>id</code> that changes</h2>'],
    ["## Twice\n## Twice", '<h2 id="twice">Twice</h2>\n<h2 id="twice-1">Twice</h2>'],
    ["[see](conflicts.md#undo)", '<p><a href="/help/conflicts#undo">see</a></p>'],
    ["[see](../lib/sync/SPEC.md)", '<p><a href="/help/spec">see</a></p>'],
    ["[see](../CHANGELOG.md)", "<p>see</p>"],
    ["[see](https://example.com/a)", '<p><a href="https://example.com/a">see</a></p>'],
    ["[see](javascript:alert(1))", "<p>see</p>"],
    ["![a picture](images/tasks.png)", "<p></p>"],
    ["    a < b", '<pre tabindex="0"><code>a &lt; b</code></pre>'],
  ])("%j becomes %j", (text, html) => {
    expect(manualHtml("docs/editing.md", text).trim()).toBe(html);
  });

  it("makes a table that scrolls by itself", () => {
    const html = manualHtml("docs/editing.md", "| a | b |\n|---|---|\n| 1 | `2` |");
    expect(html).toContain('<div class="manual-table" tabindex="0"><table><thead><tr><th>a</th>');
    expect(html).toContain("<td><code>2</code></td>");
  });
});

describe("each document of the manual", () => {
  it.each(MANUAL)("$page has its title, and no anchor is missing", async ({ page, path, title }) => {
    const html = await readManual({ page, path, title, about: "" });
    const text = readFileSync(path, "utf8");
    const { anchors, links } = parseDocument(path, text);
    const made = new Set([...html.matchAll(/<h\d id="([^"]+)"/g)].map((match) => match[1]));
    const own = headingAnchors()(/^# (.+)$/m.exec(text)?.[1] ?? "");
    for (const anchor of anchors)
      if (anchor !== own && !html.includes(`<a id="${anchor}"`)) expect(made).toContain(anchor);
    for (const { target } of links) {
      const to = manualLink(path, target);
      if (to !== null) expect(to).toMatch(/^(?:\/help\/[a-z-]+(?:#.+)?|https:.+|#.+)$/);
    }
  });
});
