import type { Json, JsonMap } from "../json.ts";
import { laterCursor } from "../source/http/since.ts";
import type { ListProgress } from "./list-progress.ts";

/** What a pull's progress needs of a page. */
export interface ReadPage {
  request: string;
  items: readonly { cursor: Json }[];
  held: readonly string[];
  unidentified: number;
  notModified: boolean;
  total: number | null;
  moved: boolean;
  fingerprint: string;
  next: JsonMap | null;
}

/** The progress of a list after one more page. */
export function advance(list: ListProgress, page: ReadPage): ListProgress {
  const known = list.total !== null && page.total !== null;
  return {
    ...list,
    place: page.next,
    pages: list.pages + 1,
    items: list.items + page.items.length + page.held.length + page.unidentified,
    total: page.total ?? list.total,
    totalChanged: list.totalChanged || (known && list.total !== page.total),
    moved: list.moved || page.moved,
    first: list.first ?? page.fingerprint,
    unidentified: list.unidentified + page.unidentified,
    notModified: page.notModified,
    cursor: page.items.reduce<Json>((latest, { cursor }) => laterCursor(latest, cursor), list.cursor),
    lastRequest: page.request,
  };
}
