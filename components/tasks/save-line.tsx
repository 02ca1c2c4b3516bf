"use client";

import { CircleAlert, CircleCheck, CircleDashed, GitCompareArrows, LoaderCircle } from "lucide-react";
import { Link } from "../ui/link.tsx";
import type { TaskStanding } from "../../lib/protocol/task.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { standingInWords } from "./sync-words.ts";
import type { SaveState } from "./use-task-form.ts";

interface SaveLineProps {
  save: SaveState;
  standing: TaskStanding | null;
  names: SideNames;
}

/**
 * The state of the edit: on the other side, waiting, in conflict, or refused, with the reason. Events update it.
 */
export function SaveLine(props: SaveLineProps) {
  return (
    <div
      role="status"
      className="flex min-w-0 flex-1 items-center gap-2 text-xs [&_svg]:size-4 [&_svg]:shrink-0"
    >
      <Words {...props} />
    </div>
  );
}

function Words({ save, standing, names }: SaveLineProps) {
  if (save.kind === "saving") {
    return (
      <>
        <LoaderCircle className="text-muted animate-spin" aria-hidden /> Saving…
      </>
    );
  }
  if (save.kind === "failed") {
    return (
      <span role="alert" className="text-bad-text flex items-center gap-2">
        <CircleAlert aria-hidden /> Not saved: {save.error.message}
      </span>
    );
  }
  const saved = save.kind === "saved" ? "Saved" : null;
  const state = standing?.sync ?? (save.kind === "saved" ? save.sync.state : null);
  if (state === "synced" && saved) {
    return (
      <span className="text-ok-text flex items-center gap-2 font-medium">
        <CircleCheck aria-hidden /> Saved, in {names.noun}
      </span>
    );
  }
  if (state === "conflict") {
    return (
      <Link href="/conflicts" className="text-warn-text flex items-center gap-2 font-medium hover:underline">
        <GitCompareArrows aria-hidden /> {saved ? "Saved here, but in conflict" : "In conflict"}: look
      </Link>
    );
  }
  if (state === "pending") {
    const why =
      save.kind === "saved" && save.sync.reason !== undefined
        ? save.sync.reason
        : standing === null
          ? ""
          : standingInWords(standing, names);
    return (
      <span className="text-warn-text flex items-center gap-2">
        <CircleDashed aria-hidden /> {saved ? `Saved; pending: ${why}` : why}
      </span>
    );
  }
  return null;
}
