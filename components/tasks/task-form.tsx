"use client";

import clsx from "clsx";
import { SourceSelect, useSourceIds } from "../shell/use-source.tsx";
import { Field } from "../ui/field.tsx";
import { extraOf, withExtra } from "./draft.ts";
import { IdField } from "./id-field.tsx";
import { MapEditor } from "./map-editor.tsx";
import { type ControlProps, CONTROLS } from "./task-controls.tsx";
import type { TaskForm } from "./use-task-form.ts";

/** The controls for every field of a task. */
export function TaskFields({ form, errors, disabled }: ControlProps) {
  const isNew = form.base === null;
  return (
    <div className="flex flex-col gap-4">
      {isNew && <SourceField form={form} disabled={disabled} />}
      {isNew && <IdField error={errors["id"]} onChange={(id) => form.set("id", id)} />}
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {Object.entries(CONTROLS).map(([name, { half, render }]) => (
          <div key={name} className={clsx("min-w-0", half !== true && "sm:col-span-2")}>
            {render({ form, errors, disabled })}
          </div>
        ))}
      </div>
      <MapEditor
        label="Other keys"
        hint="Keys that Lockstep does not know are kept on both sides."
        value={extraOf(form.mine)}
        disabled={disabled}
        onChange={(extra) => form.replace(withExtra(form.mine, extra))}
      />
    </div>
  );
}

function SourceField({ form, disabled }: { form: TaskForm; disabled: boolean }) {
  const { ids } = useSourceIds();
  if (ids.length < 2) return null;
  return (
    <Field label="Source" hint="Where it is written.">
      {({ id }) => (
        <SourceSelect
          id={id}
          value={form.source ?? ids[0]}
          onChange={form.setSource}
          all={false}
          disabled={disabled}
        />
      )}
    </Field>
  );
}
