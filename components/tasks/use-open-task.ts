"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { TaskJson } from "../../lib/protocol/task.ts";

/** What the side panel shows; the address bar says it: `?task=7`, `?task=7&source=other`, `?new`. */
export interface OpenTask {
  key: string;
  /** Null: a task that is to be made. */
  id: string | null;
  source: string | null;
}

export function useOpenTask() {
  const search = useSearchParams();
  const [id, source, isNew] = [search.get("task"), search.get("source"), search.has("new")];
  const open = useMemo((): OpenTask | null => {
    if (id !== null) return { key: `${source ?? ""}/${id}`, id, source };
    return isNew ? { key: "new", id: null, source: null } : null;
  }, [id, source, isNew]);
  const openTask = useCallback(
    (task: Pick<TaskJson, "id" | "source">) =>
      go({ task: String(task.id), ...(task.source === "default" ? {} : { source: task.source }) }),
    [],
  );
  const openNew = useCallback(() => go({ new: "" }), []);
  const close = useCallback(() => go({}), []);
  return { open, openTask, openNew, close };
}

/** Next hears of the History API, so that no round trip to the server is made. */
function go(wanted: Record<string, string>): void {
  const search = new URLSearchParams(window.location.search);
  for (const name of ["task", "source", "new"]) search.delete(name);
  for (const [name, value] of Object.entries(wanted)) search.set(name, value);
  const text = search.toString().replace(/\bnew=(?=&|$)/, "new");
  window.history.pushState(null, "", text === "" ? window.location.pathname : `?${text}`);
}
