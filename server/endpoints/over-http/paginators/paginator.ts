import type { Json, JsonMap } from "../../../../lib/json.ts";

/** What a paginator knows of a page when it looks for the next one. */
export interface AnsweredPage {
  body: Json;
  headers: Record<string, string | string[] | undefined>;
  /** The address of the page. */
  url: URL;
  /** How many items it has. */
  count: number;
  /** Key of the last one; null where it has none. */
  lastKey: string | null;
  /** Items of the list up to this page and with it. */
  seen: number;
  total: number | null;
}

/** How to go through a list. A place is JSON, so that a pull which was killed goes on from it. */
export interface Paginator {
  /** The first place; `{}` where the address needs no addition. */
  readonly first: JsonMap;
  /** The address of the page at a place. */
  at(list: URL, place: JsonMap): URL;
  /** The place of the next page; null: there is none. */
  next(page: AnsweredPage, place: JsonMap): JsonMap | null;
  /** How many items at the beginning of the page at this place were on the page before too, and which key the first has. */
  overlap?(place: JsonMap): { items: number; key: string | null };
}
