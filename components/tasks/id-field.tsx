"use client";

import { useState } from "react";
import type { Json } from "../../lib/json.ts";
import { Field, Input } from "../ui/field.tsx";
import { typedId } from "./draft.ts";

interface Props {
  error: string | undefined;
  onChange(id: Json | undefined): void;
}

/** The id of a new task. The text stays as typed; `onChange` gets the id that it means, or undefined when empty. */
export function IdField({ error, onChange }: Props) {
  const [text, setText] = useState("");
  return (
    <Field
      label="Id"
      optional
      error={error}
      hint="A number or a short name. Leave it empty for the next free number."
    >
      {(control) => (
        <Input
          {...control}
          value={text}
          spellCheck={false}
          autoComplete="off"
          className="font-mono"
          onChange={(event) => {
            setText(event.target.value);
            onChange(typedId(event.target.value));
          }}
        />
      )}
    </Field>
  );
}
