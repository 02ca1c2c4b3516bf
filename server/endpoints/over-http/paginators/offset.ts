import type { PaginatorConfig } from "../../../../lib/source/http/paginator.ts";
import type { Paginator } from "./paginator.ts";
import { withParams } from "./params.ts";

/**
 * ?offset=0&limit=100. Each page begins with the last item of the one before: when another item stands there, items have
 * moved, and one may have slipped through between the pages.
 */
export function offsetPages(config: PaginatorConfig & { type: "offset" }): Paginator {
  const shared = config.limit > 1 ? 1 : 0;
  return {
    first: { offset: 0 },
    at: (list, { offset }) =>
      withParams(list, { [config.offset_param]: Number(offset), [config.limit_param]: config.limit }),
    next: ({ count, lastKey, seen, total }, { offset }) => {
      const own = Number(offset) === 0 ? count : count - shared;
      const done = own <= 0 || (total !== null && seen >= total && count < config.limit);
      if (done) return null;
      return { offset: Number(offset) + count - shared, last: lastKey };
    },
    overlap: ({ offset, last }) =>
      Number(offset) === 0 || shared === 0
        ? { items: 0, key: null }
        : { items: shared, key: typeof last === "string" ? last : null },
  };
}
