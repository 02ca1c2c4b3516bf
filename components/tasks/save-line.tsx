"use client";

import { CircleAlert, CircleCheck, CircleDashed, GitCompareArrows, LoaderCircle } from "lucide-react";
import { Link } from "../ui/link.tsx";
import type { TaskStanding } from "../../lib/protocol/task.ts";
import { standingInWords } from "./sync-words.ts";
import type { SaveState } from "./use-task-form.ts";

/**
 * The state of the edit: in the file, waiting, in conflict, or refused, with the reason. Events update it.
 */
export function SaveLine({ save, standing }: { save: SaveState; standing: TaskStanding | null }) {
  return (
    <div
      role="status"
      className="flex min-w-0 flex-1 items-center gap-2 text-xs [&_svg]:size-4 [&_svg]:shrink-0"
    >
      <Words save={save} standing={standing} />
    </div>
  );
}

function Words({ save, standing }: { save: SaveState; standing: TaskStanding | null }) {
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
        <CircleCheck aria-hidden /> Saved, in file
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
          : standingInWords(standing);
    return (
      <span className="text-warn-text flex items-center gap-2">
        <CircleDashed aria-hidden /> {saved ? `Saved; pending: ${why}` : why}
      </span>
    );
  }
  return null;
}
