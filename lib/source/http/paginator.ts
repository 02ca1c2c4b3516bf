import { z } from "zod";
import { atMost, jsonPath, map, text } from "./parts.ts";

const param = (preset: string) => text.max(200).default(preset);
const total = {
  total_path: jsonPath
    .optional()
    .describe(
      "Where the answer says how many items there are in all; a pull that saw another number proves nothing",
    ),
};
const size = {
  size_param: text.max(200).optional().describe("The parameter that asks for the size of a page"),
  size: atMost(100_000).optional().describe("Items of a page that are asked for"),
};

/** How a collection is cut into pages, in the words of dlt's REST source. */
export const paginatorSchema = z
  .discriminatedUnion(
    "type",
    [
      map({ type: z.literal("single_page") }).describe("The answer is the whole list"),
      map({
        type: z.literal("page_number"),
        page_param: param("page"),
        first_page: z.int().min(0).max(1).default(1),
        ...size,
        ...total,
      }).describe("?page=1, ?page=2 ..., until a page is empty or all items were seen"),
      map({
        type: z.literal("offset"),
        offset_param: param("offset"),
        limit_param: param("limit"),
        limit: atMost(100_000).default(100),
        ...total,
      }).describe("?offset=0&limit=100. Pages overlap by one item, so that items that move are noticed"),
      map({
        type: z.literal("cursor"),
        cursor_param: param("cursor"),
        cursor_path: jsonPath.describe("Where the answer has the cursor of the next page"),
        ...size,
        ...total,
      }).describe("The answer names a cursor, which the next request gives back"),
      map({ type: z.literal("header_link"), ...size, ...total }).describe('A header Link with rel="next"'),
      map({
        type: z.literal("json_link"),
        next_url_path: jsonPath.describe("Where the answer has the address of the next page"),
        ...size,
        ...total,
      }).describe("The answer has the address of the next page"),
    ],
    "must have a type: single_page, page_number, offset, cursor, header_link or json_link",
  )
  .meta({ id: "Paginator" });
export type PaginatorConfig = z.output<typeof paginatorSchema>;
