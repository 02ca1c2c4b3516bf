"use client";

import { useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { bodyOf, type Draft, EMPTY_DRAFT } from "./draft.ts";
import { usePreview } from "./use-preview.ts";
import { useResolve } from "./use-resolve.ts";

/**
 * What a person has chosen for a conflict, the preview of it, and its application.
 * The draft starts over when the conflict changes, so that no choice is applied to values that were never
 * seen.
 */
export function useConflictDraft(
  conflict: ShownConflict,
  may: boolean,
  onResolved: (conflict: ShownConflict) => void,
) {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [seen, setSeen] = useState(conflict);
  const [before, setBefore] = useState<ShownConflict | null>(null);
  if (seen.revision !== conflict.revision) {
    setBefore(seen);
    setSeen(conflict);
    setDraft(EMPTY_DRAFT);
  }
  const body = bodyOf(draft, conflict.revision);
  const preview = usePreview(conflict, may ? body : null);
  const resolve = useResolve(onResolved);
  const ready = body !== null && preview.current && preview.data?.refused === undefined && !resolve.isPending;
  return {
    draft,
    /** The conflict before it changed while the person was looking at it. */
    before,
    preview,
    error: resolve.error,
    pending: resolve.isPending,
    ready,
    change: (next: Draft) => {
      resolve.reset();
      setDraft(next);
    },
    apply: () => {
      if (ready) resolve.mutate({ conflict, body });
    },
  };
}
