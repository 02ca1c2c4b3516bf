import type { Progress } from "./draft.ts";

/** How many decisions are made, and which are open, beside the button that waits for them. */
export function ProgressNote({ progress: { of, open, done } }: { progress: Progress }) {
  const made = done ? of : Math.max(0, of - Math.max(1, open.length));
  return (
    <p role="status" className="text-muted mr-auto text-sm tabular-nums sm:mr-0">
      {made} of {of} decided
      {!done && open.length > 0 && (
        <span className="hidden xl:inline">
          {" "}
          · open: {open.length > 2 ? `${open.length} fields` : open.join(", ")}
        </span>
      )}
    </p>
  );
}
