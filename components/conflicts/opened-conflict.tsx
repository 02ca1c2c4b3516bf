"use client";

import { useEffect } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { toast } from "../ui/toast.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { OverDialog } from "./over-dialog.tsx";
import { RenameDialog } from "./rename-dialog.tsx";
import { useConflict } from "./use-conflicts.ts";
import { useIsResolving } from "./use-resolve.ts";

interface Props {
  id: string | null;
  open: readonly ShownConflict[] | undefined;
  onGo(id: string | null): void;
}

/** The conflict that the address names, whether it is open, was resolved meanwhile, or never existed. */
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
    // `onGo` changes with every render, so it is not a dependency.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [unknown]);
  if (id === null || open === undefined) return null;
  const go = (number: number) => onGo(open[(number + open.length) % open.length]?.conflict_id ?? null);
  if (pending) {
    const Asking = pending.kind === "renamed" ? RenameDialog : ConflictDialog;
    return (
      <Asking
        key={id}
        conflict={pending}
        place={{ number: at + 1, of: open.length }}
        onStep={(by) => go(at + by)}
        onClose={() => onGo(null)}
        onResolved={() => {
          // The next conflict opens, because people begin with the oldest. After the last one, the previous
          // conflict opens.
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
