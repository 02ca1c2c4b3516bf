import type { ObjectJson, ObjectListJson } from "../../lib/protocol/object.ts";

/** One page of the roots, of the matches, or of the children of an object. */
export interface PageRef {
  key: string;
  /** The id of the object whose children they are; null for the roots or the matches. */
  parent: string | null;
  cursor: string | null;
}

export interface ObjectRow {
  kind: "object";
  key: string;
  object: ObjectJson;
  /** 1 for a root. */
  level: number;
  /** Its place among its siblings, from 1. */
  place: number;
  /** How many siblings there are with it; -1 while that is not known. */
  siblings: number;
  /** Null: it has no children. */
  open: boolean | null;
  page: string;
}

/** Stands for a page that is not loaded yet. */
export interface RestRow {
  kind: "rest";
  key: string;
  level: number;
  page: string;
}

export type TreeRow = ObjectRow | RestRow;

export interface Tree {
  rows: TreeRow[];
  pages: PageRef[];
}

export function pageRef(parent: string | null, cursor: string | null): PageRef {
  return { key: `${parent ?? ""}/${cursor ?? ""}`, parent, cursor };
}

/**
 * Lays the tree out as rows below one another, as far as its pages are loaded. A page begins where the one before it ended,
 * so a page that is fetched again and ends elsewhere takes the later ones along.
 */
export function layOut(
  pageOf: (ref: PageRef) => ObjectListJson | undefined,
  open: ReadonlySet<string>,
): Tree {
  const tree: Tree = { rows: [], pages: [] };
  addBranch(tree, pageOf, open, { parent: null, size: -1, above: [] });
  return tree;
}

interface Branch {
  parent: string | null;
  /** How many children there are; -1: not known. */
  size: number;
  /** The ids from the root to the parent. An object that is its own ancestor is not opened again. */
  above: readonly string[];
}

function addBranch(
  tree: Tree,
  pageOf: (ref: PageRef) => ObjectListJson | undefined,
  open: ReadonlySet<string>,
  { parent, size, above }: Branch,
): void {
  const level = above.length + 1;
  let place = 0;
  for (let cursor: string | null = null; ;) {
    const ref = pageRef(parent, cursor);
    tree.pages.push(ref);
    const page = pageOf(ref);
    if (!page) {
      tree.rows.push({ kind: "rest", key: `rest ${ref.key}`, level, page: ref.key });
      return;
    }
    const complete = cursor === null && page.next_cursor === null;
    for (const object of page.objects) {
      const opened = object.children === 0 || above.includes(object.id) ? null : open.has(object.id);
      tree.rows.push({
        kind: "object",
        key: [...above, object.id].join("/"),
        object,
        level,
        place: ++place,
        siblings: complete ? page.objects.length : size,
        open: opened,
        page: ref.key,
      });
      if (opened === true)
        addBranch(tree, pageOf, open, {
          parent: object.id,
          size: object.children,
          above: [...above, object.id],
        });
    }
    if (page.next_cursor === null) return;
    cursor = page.next_cursor;
  }
}
