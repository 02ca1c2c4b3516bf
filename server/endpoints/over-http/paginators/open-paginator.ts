import type { PaginatorConfig } from "../../../../lib/source/http/paginator.ts";
import { cursorPages } from "./cursor.ts";
import { linkedPages } from "./linked.ts";
import { offsetPages } from "./offset.ts";
import { numberedPages } from "./page-number.ts";
import type { Paginator } from "./paginator.ts";
import { singlePage } from "./single-page.ts";

export function openPaginator(config: PaginatorConfig): Paginator {
  switch (config.type) {
    case "single_page":
      return singlePage;
    case "page_number":
      return numberedPages(config);
    case "offset":
      return offsetPages(config);
    case "cursor":
      return cursorPages(config);
    case "header_link":
    case "json_link":
      return linkedPages(config);
  }
}
