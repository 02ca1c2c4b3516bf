import type { Json, JsonMap } from "../json.ts";
import { laterCursor } from "../source/http/since.ts";
import type { ListProgress } from "./list-progress.ts";

/** What a pull's progress needs of a page. */
export interface ReadPage {
  /** The request, for people, without secrets. */
  request: string;
  items: readonly { cursor: Json }[];
  /** Keys of items that cannot be stored as they are: they are there, but what is stored stays. */
  held: readonly string[];
  /** Items without a key: while there are any, no absence proves anything. */
  unidentified: number;
  /** The list is as it was when the validators were given; it has no items here. */
  notModified: boolean;
  /** The number of items in all, where the answer tells it. */
  total: number | null;
  /** The page shows that items have moved since the one before it was read. */
  moved: boolean;
  /** The same for pages with the same keys in the same order. */
  fingerprint: string;
  /** Null: it was the last one. */
  next: JsonMap | null;
  /** It is only a part of a page, of which `next` is the rest; its fingerprint says nothing. */
  partial?: boolean;
}

/** The progress of a list after one more page. */
export function advance(list: ListProgress, page: ReadPage): ListProgress {
  const known = list.total !== null && page.total !== null;
  return {
    ...list,
    place: page.next,
    pages: list.pages + (page.partial ? 0 : 1),
    items: list.items + page.items.length + page.held.length + page.unidentified,
    total: page.total ?? list.total,
    totalChanged: list.totalChanged || (known && list.total !== page.total),
    moved: list.moved || page.moved,
    first: list.first ?? (page.partial ? null : page.fingerprint),
    unidentified: list.unidentified + page.unidentified,
    notModified: page.notModified,
    cursor: page.items.reduce<Json>((latest, { cursor }) => laterCursor(latest, cursor), list.cursor),
    lastRequest: page.request,
  };
}
