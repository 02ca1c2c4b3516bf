import type { PaginatorConfig } from "../../../../lib/source/http/paginator.ts";
import { valuesAt } from "../../../json-path.ts";
import type { AnsweredPage, Paginator } from "./paginator.ts";
import { sizeParam, withParams } from "./params.ts";

/** The answer has the address of the next page: in a header Link, or in its body. */
export function linkedPages(config: PaginatorConfig & { type: "header_link" | "json_link" }): Paginator {
  const linkOf = (page: AnsweredPage): string | null => {
    if (config.type === "header_link") return nextLink([page.headers["link"] ?? []].flat().join(", "));
    const [link] = valuesAt(page.body, config.next_url_path);
    return typeof link === "string" && link !== "" ? link : null;
  };
  return {
    first: {},
    at: (list, { url }) =>
      typeof url === "string" ? new URL(url, list) : withParams(list, sizeParam(config)),
    next: (page) => {
      const link = linkOf(page);
      return link === null ? null : { url: new URL(link, page.url).href };
    },
  };
}

/** The target of rel="next" (RFC 8288); null when there is none. */
function nextLink(header: string): string | null {
  for (const [, target = "", params = ""] of header.matchAll(/<([^>]*)>((?:\s*;\s*[^;,"]+(?:"[^"]*")?)*)/g)) {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(params) ?? [];
    if ((quoted ?? bare ?? "").toLowerCase().split(/\s+/).includes("next")) return target;
  }
  return null;
}
