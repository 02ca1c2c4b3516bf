import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Marked } from "marked";
import { headingAnchors, manualLink, type ManualPage } from "../../lib/help/manual.ts";

/**
 * A document of the manual as HTML. It comes with the program, so it is trusted as the program's own code is.
 * @throws the error of the file system where the program was installed without it.
 */
export async function readManual({ path }: ManualPage): Promise<string> {
  return manualHtml(path, await readFile(join(process.cwd(), path), "utf8"));
}

/** The document's text as HTML, with anchors at its headings and links that lead within the interface. */
export function manualHtml(path: string, text: string): string {
  const anchorOf = headingAnchors([...text.matchAll(/<a id="([^"]+)"/g)].map((match) => match[1] ?? ""));
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const words = this.parser.parseInline(tokens, this.parser.textRenderer);
        // The page's own heading says the title.
        if (depth === 1) return "";
        return `<h${depth} id="${anchorOf(words)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const to = manualLink(path, href);
        return to === null ? words : `<a href="${encodeURI(to)}">${words}</a>`;
      },
      // Pictures are for those who do not see the product itself.
      image: () => "",
      // A wide table scrolls by itself; by the keyboard too, because it can have the focus.
      table(token) {
        const [head, ...rows] = [token.header, ...token.rows].map(
          (cells) => `<tr>${cells.map((cell) => this.tablecell(cell)).join("")}</tr>`,
        );
        return `<div class="manual-table" tabindex="0"><table><thead>${head}</thead><tbody>${rows.join("")}</tbody></table></div>`;
      },
      code: ({ text: lines }) => `<pre tabindex="0"><code>${escaped(lines)}</code></pre>\n`,
    },
  });
  return marked.parse(text, { async: false });
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
