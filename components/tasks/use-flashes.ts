"use client";

import { useEffect, useRef, useState } from "react";
import { equalJson } from "../../lib/json.ts";
import { byKey, type ListedTask, type Tasks } from "../live/task-rows.ts";
import { isOwnEdit } from "./own-edits.ts";

/** Length of the animation. */
const FLASH_MS = 2_400;
/** More rows than this at once are a reload or an import, which should not make the whole list flash. */
const MOST = 50;

/** Keys of the rows that others have just changed or added. */
export function useFlashes(tasks: Tasks | undefined): ReadonlySet<string> {
  const [flashing, setFlashing] = useState<ReadonlySet<string>>(new Set());
  const before = useRef<Tasks | undefined>(undefined);
  useEffect(() => {
    const known = before.current;
    before.current = tasks;
    if (!tasks?.complete || !known?.complete) return;
    const changed = changedRows(known.rows, tasks.rows);
    if (changed.length === 0 || changed.length > MOST) return;
    setFlashing((now) => new Set([...now, ...changed]));
    setTimeout(
      () => setFlashing((now) => new Set([...now].filter((key) => !changed.includes(key)))),
      FLASH_MS,
    );
  }, [tasks]);
  return flashing;
}

function changedRows(before: readonly ListedTask[], after: readonly ListedTask[]): string[] {
  const suspects = new Set(before);
  const fresh = after.filter((row) => !suspects.has(row));
  if (fresh.length === 0 || fresh.length > MOST) return [];
  const known = byKey(before);
  return fresh.flatMap(({ key, task }) => {
    const was = known.get(key);
    const same = was !== undefined && equalJson(was.task, task);
    return same || isOwnEdit(key) ? [] : key;
  });
}
