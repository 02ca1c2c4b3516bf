"use client";

import { usePathname, useRouter } from "next/navigation";
import { useRef } from "react";
import { useLiveEvent } from "../live/connection.tsx";
import { useMay } from "../shell/actor-context.tsx";
import { toast } from "../ui/toast.ts";

/** Tells an admin that conflicts are waiting: one notice for several conflicts, without taking the focus. */
export function ConflictNotice() {
  const { may } = useMay("admin");
  const router = useRouter();
  const inInbox = usePathname() === "/conflicts";
  const waiting = useRef(new Map<string, string>());
  useLiveEvent("sync_conflict_detected", ({ conflict_id, task_id, refreshed }) => {
    // The list of conflicts shows a new conflict anyway.
    if (!may || inInbox || refreshed) return;
    waiting.current.set(conflict_id, task_id);
    const [only] = waiting.current.size === 1 ? [...waiting.current.keys()] : [];
    const look = () => router.push(only === undefined ? "/conflicts" : `/conflicts?open=${only}`);
    const text =
      only === undefined ? `${waiting.current.size} new conflicts` : `Task ${task_id} is in conflict`;
    const forget = () => waiting.current.clear();
    toast.warning(text, {
      id: "conflicts",
      description: `The sides disagree; ${only === undefined ? "they are" : "it is"} held on both.`,
      action: { label: "Look", onClick: look },
      duration: 10_000,
      onDismiss: forget,
      onAutoClose: forget,
    });
  });
  useLiveEvent("sync_conflict_resolved", ({ conflict_id }) => {
    if (waiting.current.delete(conflict_id) && waiting.current.size === 0) toast.dismiss("conflicts");
  });
  return null;
}
