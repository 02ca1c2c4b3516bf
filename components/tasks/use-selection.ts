"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { TaskRow } from "../live/task-rows.ts";

export interface Selection {
  keys: ReadonlySet<string>;
  /** Of the rows shown. */
  all: boolean | "indeterminate";
  /** With `range`, everything between the one chosen before and this one. */
  set(key: string, selected: boolean, range: boolean): void;
  setAll(selected: boolean): void;
  clear(): void;
}

/** Selected rows, of those shown: what a filter hides is not acted upon. */
export function useSelection(rows: readonly TaskRow[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const shown = useRef(rows);
  useEffect(() => {
    shown.current = rows;
  }, [rows]);

  const keys = useMemo(
    () => (chosen.size === 0 ? chosen : new Set(rows.filter((row) => chosen.has(row.key)).map((row) => row.key))),
    [rows, chosen],
  );
  const set = useCallback((key: string, selected: boolean, range: boolean) => {
    const order = shown.current.map((row) => row.key);
    const [from, to] = [range && last.current !== null ? order.indexOf(last.current) : -1, order.indexOf(key)];
    const span = from === -1 ? [key] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
    last.current = key;
    setChosen((now) => {
      const next = new Set(now);
      for (const each of span) if (selected) next.add(each);
        else next.delete(each);
      return next;
    });
  }, []);
  const clear = useCallback(() => setChosen(new Set()), []);
  const setAll = useCallback((selected: boolean) => setChosen(new Set(selected ? shown.current.map((row) => row.key) : [])), []);
  const all = keys.size === 0 ? false : keys.size === rows.length ? true : "indeterminate";
  return { keys, all, set, setAll, clear };
}
