"use client";

import { type ComponentProps, useMemo } from "react";
import { FIELDS } from "../../lib/task/fields.ts";
import { Field, Input } from "../ui/field.tsx";

interface Props {
  error: string | undefined;
  input: ComponentProps<"input">;
}

/** A time zone as text, with the zones this browser knows as suggestions. */
export function TimezoneField({ error, input }: Props) {
  const zones = useMemo(() => ["UTC", ...Intl.supportedValuesOf("timeZone")], []);
  return (
    <Field label={FIELDS.timezone.label} error={error}>
      {(control) => (
        <>
          <Input {...control} {...input} list={`${control.id}-zones`} autoComplete="off" spellCheck={false} />
          <datalist id={`${control.id}-zones`}>
            {zones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
