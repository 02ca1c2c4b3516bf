"use client";

import { type KeyboardEvent, useState } from "react";
import type { Json } from "../../lib/json.ts";
import { Button } from "../ui/button.tsx";
import { Field, TextArea } from "../ui/field.tsx";
import { valueText } from "./words.ts";

interface Props {
  name: string;
  /** The value to start from. If it is text, the input is read as text, otherwise as JSON. */
  start: Json | undefined;
  /** The text is this value now. */
  onValue(value: Json): void;
  /** The text is no value yet. */
  onUnreadable(why: string): void;
  onDone(): void;
  onCancel(): void;
}

/** An editor for a value that neither side has. What stands in it counts at once, so that nothing typed is dropped. */
export function ValueEditor({ name, start, onValue, onUnreadable, onDone, onCancel }: Props) {
  const asText = start === undefined || start === null || typeof start === "string";
  const [text, setText] = useState(valueText(start ?? undefined));
  const parsed = asText ? { ok: true as const, value: text } : parse(text);
  const type = (typed: string) => {
    setText(typed);
    const read = asText ? { ok: true as const, value: typed } : parse(typed);
    if (read.ok) onValue(read.value);
    else onUnreadable(read.error);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys that are commands of the dialog are letters in this field.
    event.stopPropagation();
    if (event.key === "Escape") onCancel();
    else if (event.key === "Enter" && !event.shiftKey && parsed.ok) onDone();
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="bg-surface flex flex-col gap-2 rounded-md border p-3"
      data-own-escape
      onKeyDown={onKeyDown}
    >
      <Field
        label={`Value for ${name}`}
        hint={
          asText
            ? "What you type counts. Enter closes the editor, Shift+Enter starts a new line."
            : "JSON, so text needs quotes. What you type counts. Enter closes the editor."
        }
        error={parsed.ok ? null : parsed.error}
      >
        {(control) => (
          <TextArea
            {...control}
            value={text}
            rows={Math.min(8, text.split("\n").length)}
            className="font-mono text-[13px]"
            autoFocus
            onChange={(event) => type(event.target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button look="primary" size="small" disabled={!parsed.ok} onClick={onDone}>
          Done
        </Button>
        <Button size="small" look="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function parse(text: string): { ok: true; value: Json } | { ok: false; error: string } {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    return { ok: false, error: "Not JSON yet" };
  }
}
