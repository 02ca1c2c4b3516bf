"use client";

import clsx from "clsx";
import { useId, useState } from "react";
import type { SourceJson, SourcePatchInput } from "../../lib/protocol/source.ts";
import type { SettingName } from "../../lib/source/settings.ts";
import { minutesInWords, typedMinutes } from "./minutes.ts";
import { useSourceActions } from "./source-actions.tsx";
import { ORIGIN, SETTING } from "./source-words.ts";

type Editable = Extract<
  SettingName,
  "sync_interval_minutes" | "staleness_threshold_minutes" | "priority" | "worker"
>;

interface InlineValueProps {
  source: SourceJson;
  name: Editable;
  /** True when it looks like a field of a form, not like a word in a table. */
  framed?: boolean;
  id?: string;
}

/**
 * A setting that is a word or a number, edited in place. Enter or leaving the field saves; Escape
 * restores.
 */
export function InlineValue({ source, name, framed = false, id }: InlineValueProps) {
  const { edit, editWhy } = useSourceActions();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const errorId = useId();
  const said = inWords(source, name);
  const save = async () => {
    if (typed === null || typed.trim() === said) return setTyped(null);
    const patch = patchOf(name, typed);
    if (patch === null)
      return setError(name === "priority" ? "A whole number" : "A length of time, like 5 min, 30 s or 2 h");
    const wrong = await edit(source, patch);
    setError(wrong);
    if (wrong === null) setTyped(null);
  };
  const reset = () => {
    setTyped(null);
    setError(null);
  };
  const edited = source.origins[name] === "database";
  return (
    <span className="relative block">
      <input
        id={id}
        value={typed ?? said}
        disabled={editWhy !== undefined || source.removed_at !== null}
        aria-label={id === undefined ? `${SETTING[name]} of ${source.id}` : undefined}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        title={editWhy ?? `${SETTING[name]}: ${ORIGIN[source.origins[name]]}`}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === "Enter") void save();
          else if (event.key === "Escape" && typed !== null) {
            event.stopPropagation();
            reset();
          }
        }}
        className={clsx(
          "aria-invalid:border-bad h-7 w-full rounded-md border bg-transparent px-1.5 tabular-nums disabled:opacity-100",
          framed
            ? "border-border-strong bg-surface h-8 px-2.5"
            : "enabled:hover:border-border-strong -ml-1.5 border-transparent",
          edited && "text-accent-text font-medium",
        )}
      />
      {error !== null && (
        <span
          id={errorId}
          role="alert"
          className="bg-bad-soft text-bad-text absolute top-full left-0 z-20 mt-1 w-max max-w-64 rounded-md px-2 py-1 text-xs shadow-lg"
        >
          {error}
        </span>
      )}
    </span>
  );
}

function inWords({ settings }: SourceJson, name: Editable): string {
  const value = settings[name];
  return typeof value === "string" || name === "priority" ? String(value) : minutesInWords(Number(value));
}

function patchOf(name: Editable, typed: string): SourcePatchInput | null {
  if (name === "worker") return { worker: typed.trim() };
  if (name === "priority") return /^-?\d{1,6}$/.test(typed.trim()) ? { priority: Number(typed) } : null;
  const minutes = typedMinutes(typed);
  return minutes === null ? null : { [name]: minutes };
}
