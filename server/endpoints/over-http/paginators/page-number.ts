import type { PaginatorConfig } from "../../../../lib/source/http/paginator.ts";
import type { Paginator } from "./paginator.ts";
import { sizeParam, withParams } from "./params.ts";

/**
 * ?page=1, ?page=2 ... A short page is not the end, since a server may give fewer than were asked for, and a total alone is
 * not either, since it may be wrong: both together are. Otherwise the end is an empty page.
 */
export function numberedPages(config: PaginatorConfig & { type: "page_number" }): Paginator {
  return {
    first: { page: config.first_page },
    at: (list, { page }) => withParams(list, { [config.page_param]: Number(page), ...sizeParam(config) }),
    next: ({ count, seen, total }, { page, size = 0 }) => {
      const largest = Math.max(Number(size), count);
      const done = count === 0 || (total !== null && seen >= total && count < largest);
      return done ? null : { page: Number(page) + 1, size: largest };
    },
  };
}
