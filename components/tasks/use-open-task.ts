"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { pushSearch } from "../shell/search-params.ts";

/** The task in the side panel. The address names it: `?task=7`, `?task=7&source=other`, `?new`, `?new&copy=7`. */
export interface OpenTask {
  key: string;
  /** The id of the task; null for a new task. */
  id: string | null;
  source: string | null;
  /** The id of the task that a new one begins as a copy of. */
  copy: string | null;
}

export function useOpenTask() {
  const search = useSearchParams();
  const [id, source, isNew] = [search.get("task"), search.get("source"), search.has("new")];
  const copy = search.get("copy");
  const open = useMemo((): OpenTask | null => {
    if (id !== null) return { key: `${source ?? ""}/${id}`, id, source, copy: null };
    return isNew ? { key: `new/${source ?? ""}/${copy ?? ""}`, id: null, source, copy } : null;
  }, [id, source, isNew, copy]);
  const openTask = useCallback(
    (task: Pick<TaskJson, "id" | "source">) =>
      show({ task: String(task.id), ...(task.source === "default" ? {} : { source: task.source }) }),
    [],
  );
  const openNew = useCallback(() => show({ new: "" }), []);
  const openCopy = useCallback(
    ({ id: of, source: its }: Pick<TaskJson, "id" | "source">) =>
      show({ new: "", copy: String(of), ...(its === "default" ? {} : { source: its }) }),
    [],
  );
  const close = useCallback(() => show({}), []);
  return { open, openTask, openNew, openCopy, close };
}

/** Replaces the parameters of the panel in the address. */
function show(wanted: { task?: string; source?: string; new?: string; copy?: string }): void {
  pushSearch({ task: null, source: null, new: null, copy: null, ...wanted });
}
