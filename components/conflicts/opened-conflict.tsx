"use client";

import { useEffect } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { toast } from "../ui/toast.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { OverDialog } from "./over-dialog.tsx";
import { useConflict } from "./use-conflicts.ts";
import { useIsResolving } from "./use-resolve.ts";

interface Props {
  id: string | null;
  open: readonly ShownConflict[] | undefined;
  onGo(id: string | null): void;
}

/** The conflict named in the URL, whether it is open, was resolved meanwhile, or never was. */
export function OpenedConflict({ id, open, onGo }: Props) {
  const at = open?.findIndex((each) => each.conflict_id === id) ?? -1;
  const pending = at === -1 ? undefined : open?.[at];
  const resolving = useIsResolving();
  const one = useConflict(id, open !== undefined && pending === undefined && !resolving);
  const unknown = id !== null && pending === undefined && one.isError;
  useEffect(() => {
    if (!unknown) return;
    toast.error("There is no such conflict");
    onGo(null);
    // `onGo` is another function on every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [unknown]);
  if (id === null || open === undefined) return null;
  const go = (number: number) => onGo(open[(number + open.length) % open.length]?.conflict_id ?? null);
  if (pending) {
    return (
      <ConflictDialog
        key={id}
        conflict={pending}
        place={{ number: at + 1, of: open.length }}
        onStep={(by) => go(at + by)}
        onClose={() => onGo(null)}
        onResolved={() => {
          // The one after it, else the one before: the inbox is worked through from the oldest.
          const next = open[at + 1] ?? open[at - 1];
          onGo(next?.conflict_id ?? null);
        }}
      />
    );
  }
  const over = one.data;
  if (over?.conflict_id !== id || over.state === "pending" || resolving) return null;
  return (
    <OverDialog conflict={over} more={open.length > 0} onNext={() => go(0)} onClose={() => onGo(null)} />
  );
}
