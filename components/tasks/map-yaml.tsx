"use client";

import { useId, useState } from "react";
import { parse, stringify } from "yaml";
import { equalJson, isMap, type Json, type JsonMap } from "../../lib/json.ts";
import { TextArea } from "../ui/field.tsx";

interface Props {
  label: string;
  value: JsonMap;
  disabled: boolean;
  onChange(value: JsonMap): void;
}

/** The map as YAML text. Text that is no map stays visible with its error, and changes nothing. */
export function MapYaml({ label, value, disabled, onChange }: Props) {
  const id = useId();
  const [text, setText] = useState(() => toYaml(value));
  const read = readMap(text);
  // When the map was changed elsewhere, the text follows, unless it says the same already or has an error.
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    if (!("error" in read) && !equalJson(read.map, value)) setText(toYaml(value));
  }
  const error = "error" in read ? read.error : null;
  return (
    <>
      <TextArea
        aria-label={label}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : id}
        value={text}
        disabled={disabled}
        spellCheck={false}
        rows={Math.min(16, Math.max(4, text.split("\n").length + 1))}
        className="font-mono !text-xs leading-relaxed"
        onChange={(event) => {
          setText(event.target.value);
          const next = readMap(event.target.value);
          if (!("error" in next)) onChange(next.map);
        }}
      />
      {error !== null && (
        <p id={id} role="alert" className="text-bad-text text-xs whitespace-pre-wrap">
          {error}
        </p>
      )}
    </>
  );
}

function toYaml(value: JsonMap): string {
  return Object.keys(value).length === 0 ? "" : stringify(value, { lineWidth: 0 });
}

function readMap(text: string): { map: JsonMap } | { error: string } {
  if (text.trim() === "") return { map: {} };
  try {
    const value = parse(text) as Json;
    return isMap(value) ? { map: value } : { error: "This must be keys and values, such as retries: 3" };
  } catch (error) {
    return {
      error: error instanceof Error ? (error.message.split("\n\n")[0] ?? error.message) : String(error),
    };
  }
}
