"use client";

import { useEffect, useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { bodyOf, type Draft, EMPTY_DRAFT, progressOf } from "./draft.ts";
import { usePreview } from "./use-preview.ts";
import { failureOf, useResolve } from "./use-resolve.ts";

/**
 * What a person has decided about a conflict, the preview of it, and its application.
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
  const [applies, setApplies] = useState(false);
  if (seen.revision !== conflict.revision) {
    setBefore(seen);
    setSeen(conflict);
    setDraft(EMPTY_DRAFT);
    setApplies(false);
  }
  const body = bodyOf(conflict, draft);
  const progress = progressOf(conflict, draft);
  const { mutate, reset, error, isPending, data } = useResolve(onResolved);
  const over = isPending || (data !== undefined && failureOf(data.run) === null);
  const preview = usePreview(conflict, may ? body : null, over);
  const refused = preview.current && preview.data?.refused !== undefined;
  const decided = progress.done && body !== null;
  const ready = decided && preview.current && !refused && !isPending;
  // Enter right after a choice counts: it applies as soon as the server has checked the choice.
  if (applies && (!decided || refused || preview.error)) setApplies(false);
  useEffect(() => {
    if (!applies || !ready) return;
    // oxlint-disable-next-line react/set-state-in-effect -- the effect waits for the server, which has answered by now
    setApplies(false);
    mutate({ conflict, body });
  }, [applies, ready, mutate, conflict, body]);
  return {
    draft,
    progress,
    /** The conflict before it changed while the person was looking at it. */
    before,
    preview,
    error,
    /** Whether the choice is being checked in order to be applied, or applied. */
    pending: isPending || applies,
    /** Whether everything is decided and nothing speaks against it. */
    ready: decided && !refused && !preview.error && !isPending,
    change: (next: Draft) => {
      reset();
      setApplies(false);
      setDraft(next);
    },
    apply: () => setApplies(decided && !isPending),
  };
}
