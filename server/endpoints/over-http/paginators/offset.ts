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
    next: ({ keys, seen, total }, { offset }) => {
      const own = Number(offset) === 0 ? keys.length : keys.length - shared;
      const done = own <= 0 || (total !== null && seen >= total && keys.length < config.limit);
      if (done) return null;
      return { offset: Number(offset) + keys.length - shared, last: keys.at(-1) ?? null };
    },
    overlap: ({ offset, last }) =>
      Number(offset) === 0 || shared === 0
        ? { items: 0, key: null }
        : { items: shared, key: typeof last === "string" ? last : null },
  };
}
