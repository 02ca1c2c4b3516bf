import type { PaginatorConfig } from "../../../../lib/source/http/paginator.ts";
import { valuesAt } from "../../../json-path.ts";
import type { Paginator } from "./paginator.ts";
import { sizeParam, withParams } from "./params.ts";

/** The answer names a cursor, which the next request gives back. */
export function cursorPages(config: PaginatorConfig & { type: "cursor" }): Paginator {
  return {
    first: {},
    at: (list, { cursor }) =>
      withParams(list, {
        ...sizeParam(config),
        ...(typeof cursor === "string" ? { [config.cursor_param]: cursor } : {}),
      }),
    next: ({ body }) => {
      const [cursor] = valuesAt(body, config.cursor_path);
      const more = typeof cursor === "number" || (typeof cursor === "string" && cursor !== "");
      return more ? { cursor: String(cursor) } : null;
    },
  };
}
