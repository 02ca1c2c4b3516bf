"use client";

import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { ObjectListJson } from "../../lib/protocol/object.ts";
import { call } from "../live/api.ts";
import { layOut, type PageRef, pageRef, type TreeRow } from "./object-tree.ts";
import { isFiltered, objectQuery, type ObjectView } from "./object-view.ts";

const PAGE = 200;
const FIRST_PAGE = pageRef(null, null);

export interface ObjectTree {
  rows: readonly TreeRow[];
  /** True while the rows are still those of the view before. */
  settling: boolean;
  /** Why the first page could not be loaded; null: it was, or is on its way. */
  error: Error | null;
  loaded: boolean;
  /** Why a page could not be loaded, by its key. */
  failed: ReadonlyMap<string, Error>;
  /** Opens or closes an object. */
  toggle(id: string, open: boolean): void;
  /** Says which pages are on screen: only these are loaded, and kept up to date. */
  show(pages: string): void;
  retry(): void;
}

/**
 * The tree of objects as rows. What is open and on screen is loaded, page by page; events bring what is on screen up to
 * date, and the rest when it comes on screen.
 */
export function useObjectTree(wanted: ObjectView, first: ObjectListJson): ObjectTree {
  const client = useQueryClient();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [visible, show] = useState(FIRST_PAGE.key);
  const start = useQuery(pageQuery(wanted, FIRST_PAGE, first));
  // The rows of a view stay until there are those of the next one.
  const [view, setView] = useState(wanted);
  if (start.data && view !== wanted) {
    setView(wanted);
    setOpen(new Set());
  }
  const { rows, pages } = layOut((ref) => {
    const { queryKey, initialData } = pageQuery(view, ref, first);
    return client.getQueryData<ObjectListJson>(queryKey) ?? initialData;
  }, open);
  const onScreen = new Set(visible.split("\n"));
  const results = useQueries({
    queries: pages.map((ref) => ({
      ...pageQuery(view, ref, first),
      enabled: onScreen.has(ref.key),
      // The layout above reads the data from the cache, so it has to be told of these.
      notifyOnChangeProps: ["data", "error"] as const,
    })),
  });
  const failed = new Map(
    pages.flatMap(({ key }, at): [string, Error][] => {
      const error = results[at]?.error;
      return error ? [[key, error]] : [];
    }),
  );
  return {
    rows,
    settling: view !== wanted,
    error: start.data ? null : start.error,
    loaded: start.data !== undefined || view !== wanted,
    failed,
    toggle: useCallback((id, opened) => setOpen((now) => withId(now, id, opened)), []),
    show,
    retry: () => void client.refetchQueries({ queryKey: ["objects"], type: "active" }),
  };
}

/** One page as a query; the first page without a filter came with the HTML. */
function pageQuery(view: ObjectView, { parent, cursor }: PageRef, first: ObjectListJson) {
  const query = objectQuery(view, parent);
  const came = parent === null && cursor === null && !isFiltered(view);
  return {
    queryKey: ["objects", "page", query, cursor] as const,
    queryFn: () =>
      call("GET /api/objects", {
        query: { ...query, limit: String(PAGE), ...(cursor === null ? {} : { cursor }) },
      }),
    ...(came ? { initialData: first, initialDataUpdatedAt: 0 } : { initialData: undefined }),
  };
}

function withId(ids: ReadonlySet<string>, id: string, present: boolean): ReadonlySet<string> {
  const result = new Set(ids);
  if (present) result.add(id);
  else result.delete(id);
  return result;
}
