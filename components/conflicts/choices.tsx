"use client";

import clsx from "clsx";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import type { Choice } from "../../lib/sync/types.ts";
import { Kbd } from "../ui/kbd.tsx";
import { CHOICE, CHOICE_ORDER, deletes, effectOf } from "./words.ts";

interface Props {
  kind: ShownConflict["kind"];
  chosen: Choice | null;
  onChoose(choice: Choice): void;
}

/** What to do with the task as a whole. */
export function Choices({ kind, chosen, onChoose }: Props) {
  return (
    <div
      role="group"
      aria-label="Resolve by"
      className="grid min-w-0 flex-1 basis-full grid-cols-3 gap-2 lg:basis-0"
    >
      {CHOICE_ORDER.map((choice, i) => (
        <button
          key={choice}
          type="button"
          aria-pressed={chosen === choice}
          aria-keyshortcuts={String(i + 1)}
          onClick={() => onChoose(choice)}
          className={clsx(
            "flex min-w-0 items-start gap-2 rounded-md border px-2.5 py-1.5 text-left transition-colors",
            chosen === choice
              ? "border-accent bg-accent-soft"
              : "border-border-strong bg-surface hover:bg-hover",
          )}
        >
          <span className="hidden sm:block">
            <Kbd>{i + 1}</Kbd>
          </span>
          <span className="min-w-0">
            <span className="block text-[13px] font-medium sm:text-sm">{CHOICE[choice]}</span>
            <span
              className={clsx(
                "text-xs sm:block",
                deletes(choice, kind) ? "text-bad-text" : "text-muted sr-only sm:not-sr-only",
              )}
            >
              {effectOf(choice, kind)}
            </span>
          </span>
        </button>
      ))}
    </div>
  );
}
