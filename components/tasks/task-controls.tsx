"use client";

import { FIELDS, type FieldName, fieldSpec } from "../../lib/task/fields.ts";
import { Field, Input, TextArea } from "../ui/field.tsx";
import { CronField } from "./cron-field.tsx";
import { mapOf, textOf } from "./draft.ts";
import { MapEditor } from "./map-editor.tsx";
import { StatusField } from "./status-field.tsx";
import { TimezoneField } from "./timezone-field.tsx";
import type { TaskForm } from "./use-task-form.ts";

export interface ControlProps {
  form: TaskForm;
  errors: Record<string, string>;
  disabled: boolean;
}

interface Control {
  /** True when the control takes half of the row on a wide screen. */
  half?: true;
  render(props: ControlProps): React.ReactNode;
}

/** How each field is edited, in the order of the form. */
export const CONTROLS: Record<FieldName, Control> = {
  skill_name: { render: (props) => <SkillField {...props} /> },
  schedule_cron: {
    render: ({ form, errors, disabled }) => (
      <CronField
        cron={textOf(form.mine["schedule_cron"])}
        timezone={textOf(form.mine["timezone"])}
        error={errors["schedule_cron"]}
        disabled={disabled}
        onChange={(cron) => form.set("schedule_cron", cron)}
      />
    ),
  },
  timezone: {
    half: true,
    render: ({ form, errors, disabled }) => (
      <TimezoneField error={errors["timezone"]} input={textControl(form, "timezone", disabled)} />
    ),
  },
  status: {
    half: true,
    render: ({ form, disabled }) => (
      <StatusField
        status={textOf(form.mine["status"])}
        disabled={disabled}
        onChange={(status) => form.set("status", status)}
      />
    ),
  },
  description: {
    render: ({ form, errors, disabled }) => (
      <Field label={FIELDS.description.label} optional error={errors["description"]}>
        {(control) => <TextArea {...control} {...textControl(form, "description", disabled)} rows={2} />}
      </Field>
    ),
  },
  next_run_at: { render: (props) => <NextRunField {...props} /> },
  params: {
    render: ({ form, errors, disabled }) => (
      <MapEditor
        label={FIELDS.params.label}
        value={mapOf(form.mine["params"])}
        error={errors["params"]}
        disabled={disabled}
        onChange={(params) => form.set("params", params)}
      />
    ),
  },
};

/** What a text control needs to show and change a field; an empty nullable field becomes null. */
function textControl(form: TaskForm, name: FieldName, disabled: boolean) {
  const nullable = fieldSpec(name).default === null;
  return {
    value: textOf(form.mine[name]),
    disabled,
    onChange: ({ target: { value } }: { target: { value: string } }) =>
      form.set(name, value === "" && nullable ? null : value),
  };
}

function SkillField({ form, errors, disabled }: ControlProps) {
  return (
    <Field label={FIELDS.skill_name.label} error={errors["skill_name"]}>
      {(control) => (
        <Input
          {...control}
          {...textControl(form, "skill_name", disabled)}
          placeholder="daily-backup"
          autoComplete="off"
          {...(form.base === null ? { "data-autofocus": true } : {})}
        />
      )}
    </Field>
  );
}

function NextRunField({ form, errors, disabled }: ControlProps) {
  return (
    <Field
      label={FIELDS.next_run_at.label}
      optional
      error={errors["next_run_at"]}
      hint="Computed from the schedule when left empty, and when the schedule changes."
    >
      {(control) => (
        <Input
          {...control}
          {...textControl(form, "next_run_at", disabled)}
          placeholder="2026-01-31T03:00:00Z"
          spellCheck={false}
          className="font-mono !text-xs"
        />
      )}
    </Field>
  );
}
