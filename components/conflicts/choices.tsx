"use client";

import clsx from "clsx";
import { useId } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import type { Choice } from "../../lib/sync/types.ts";
import { useNames } from "../shell/use-side-names.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { type Draft, isAboutDeletion, resetFields } from "./draft.ts";
import { choiceFor, CHOICE_ORDER, deletes, effectOf } from "./words.ts";

interface Props {
  conflict: ShownConflict;
  draft: Draft;
  onChoose(choice: Choice): void;
  onDraft(draft: Draft): void;
}

/** What to do with the task as a whole. A deletion is decided so; the fields of other conflicts also one by one. */
export function Choices({ conflict, draft, onChoose, onDraft }: Props) {
  const offered = CHOICE_ORDER.filter((choice) => choice !== "merge" || !isAboutDeletion(conflict));
  const resetsOf = new Map(offered.map((choice) => [choice, resetFields(conflict, choice)]));
  const resets = (draft.choice !== null && resetsOf.get(draft.choice)) || [];
  // The line keeps its place while it has nothing to say, so that nothing moves by choosing.
  const mayReset = [...resetsOf.values()].some(({ length }) => length > 0);
  return (
    <div className="flex min-w-0 flex-1 basis-full flex-col gap-2 xl:basis-0">
      <div
        role="group"
        aria-label="Decide the whole task"
        className={clsx("grid min-w-0 gap-2", offered.length === 2 ? "grid-cols-2" : "grid-cols-3")}
      >
        {[...resetsOf].map(([choice, names], i) => (
          <ChoiceButton
            key={choice}
            kind={conflict.kind}
            choice={choice}
            resets={names}
            shortcut={i + 1}
            isChosen={draft.choice === choice}
            onChoose={() => onChoose(choice)}
          />
        ))}
      </div>
      {mayReset && resets.length === 0 && <div className="hidden h-5 lg:block" />}
      {resets.length > 0 && (
        <KeepThose
          names={resets}
          keeps={draft.keepsOthers}
          onChange={(keepsOthers) => onDraft({ ...draft, keepsOthers })}
        />
      )}
    </div>
  );
}

interface ChoiceButtonProps {
  kind: ShownConflict["kind"];
  choice: Choice;
  resets: readonly string[];
  shortcut: number;
  isChosen: boolean;
  onChoose(): void;
}

function ChoiceButton({ kind, choice, resets, shortcut, isChosen, onChoose }: ChoiceButtonProps) {
  const names = useNames();
  const isDeletion = deletes(choice, kind);
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-keyshortcuts={String(shortcut)}
      onClick={onChoose}
      className={clsx(
        "flex min-w-0 items-start gap-2 rounded-md border px-2.5 py-1.5 text-left transition-colors",
        isChosen
          ? isDeletion
            ? "border-bad bg-bad-soft"
            : "border-accent bg-accent-soft"
          : "border-border-strong bg-surface hover:bg-hover",
      )}
    >
      <span className="hidden sm:block">
        <Kbd>{shortcut}</Kbd>
      </span>
      <span className="min-w-0">
        <span className={clsx("block text-[13px] font-medium sm:text-sm", isDeletion && "text-bad-text")}>
          {choiceFor(choice, kind, names)}
        </span>
        <span
          className={clsx(
            "text-xs sm:block",
            isDeletion ? "text-bad-text" : "text-muted sr-only sm:not-sr-only",
          )}
        >
          {effectOf(choice, kind, names)}
          {resets.length > 0 && `. Also resets ${shortList(resets)}`}
        </span>
      </span>
    </button>
  );
}

/** The way to keep edits that are not disputed, when one side is kept as a whole. */
function KeepThose({
  names,
  keeps,
  onChange,
}: {
  names: readonly string[];
  keeps: boolean;
  onChange(keeps: boolean): void;
}) {
  const id = useId();
  return (
    <div className="flex min-h-5 items-center gap-2 text-sm">
      <Checkbox id={id} checked={keeps} onCheckedChange={onChange} />
      <label htmlFor={id}>
        Keep the other side’s {names.length === 1 ? "edit" : "edits"} of {shortList(names)}
      </label>
    </div>
  );
}

function shortList(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
}
