import type { Json, JsonMap } from "../json.ts";

/** How far a pull is with one list, as its row keeps it. */
export interface ListProgress {
  pass: number;
  done: boolean;
  /** The next page; null: the first one, or none when the list is done. */
  place: JsonMap | null;
  pages: number;
  items: number;
  /** Keys that no page of this pass had before. */
  unique: number;
  /** Keys that a page of this pass had before: items have moved, or the key is none. */
  repeated: number;
  total: number | null;
  /** The total was another one on another page. */
  totalChanged: boolean;
  moved: boolean;
  /** Of the first page: see `fingerprint` of a page. */
  first: string | null;
  firstAgain: "unchanged" | "changed" | null;
  unidentified: number;
  notModified: boolean;
  cursor: Json;
  lastRequest: string | null;
}

export function newList(pass: number): ListProgress {
  return {
    pass,
    done: false,
    place: null,
    pages: 0,
    items: 0,
    unique: 0,
    repeated: 0,
    total: null,
    totalChanged: false,
    moved: false,
    first: null,
    firstAgain: null,
    unidentified: 0,
    notModified: false,
    cursor: null,
    lastRequest: null,
  };
}

/** Why the pages of a list are not one picture of it: items moved while they were read; null: they are. */
export function movement(list: ListProgress): string | null {
  if (list.moved) return "items moved between two pages";
  if (list.totalChanged) return "the number of items changed while they were read";
  if (list.firstAgain === "changed") return "the first page was another one when it was read again";
  if (list.repeated > 0) return `${list.repeated} keys stood on more than one page`;
  if (list.total !== null && !list.notModified && list.unique !== list.total)
    return `the answer promises ${list.total} items, but ${list.unique} were found`;
  return null;
}

/** Whether nothing is known to have moved while the list was read, so that its cursor may go on. */
export function isSteady({ moved, totalChanged, firstAgain }: ListProgress): boolean {
  return !moved && !totalChanged && firstAgain !== "changed";
}

/** Whether an absence from the list has to be seen twice: it was read in pieces, or it was empty. */
export function isDoubtful(list: ListProgress): boolean {
  return !list.notModified && (list.pages > 1 || list.items === 0);
}
