"use client";

import { type RefObject, useMemo, useSyncExternalStore } from "react";
import { listeners } from "../ui/listeners.ts";
import { type Columns, columnsFrom, columnsText } from "./columns.ts";
import { useWide } from "./use-hydrated.ts";
import type { View } from "./view.ts";

const KEY = "lockstep.task-columns";
const changes = listeners();

/** What this browser remembers; null where it refuses to, as in a private window. */
function remembered(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(columns: Columns): void {
  try {
    if (columns === null) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, columnsText(columns));
  } catch {
    // The address has them for as long as the page is open.
  }
  changes.tell();
}

export interface ListColumns {
  /** Whether there are several sources. */
  many: boolean;
  columns: Columns;
  /** The element that shows the list. */
  list: RefObject<HTMLDivElement | null>;
  onColumns(columns: Columns): void;
}

interface Given extends Pick<ListColumns, "many" | "list"> {
  view: View;
  onView(change: Partial<View>): void;
}

/**
 * The columns that the address names, or else those that this browser remembers; null for those that have room. A phone has no
 * columns.
 */
export function useColumns({ view, onView, many, list }: Given): ListColumns {
  const here = useSyncExternalStore(changes.add, remembered, () => null);
  const wide = useWide();
  const columns = useMemo(() => {
    const chosen = view.columns ?? columnsFrom(here);
    return many || chosen === null ? chosen : chosen.filter(({ id }) => id !== "source");
  }, [view.columns, here, many]);
  const onColumns = (next: Columns) => {
    remember(next);
    onView({ columns: next });
  };
  return { many, list, columns: wide ? columns : null, onColumns };
}
