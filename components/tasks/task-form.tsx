"use client";

import { SourceSelect, useSourceIds } from "../shell/use-source.tsx";
import { Field, Input, TextArea } from "../ui/field.tsx";
import { CronField } from "./cron-field.tsx";
import { extraOf, mapOf, textOf, withExtra } from "./draft.ts";
import { IdField } from "./id-field.tsx";
import { MapEditor } from "./map-editor.tsx";
import { StatusField } from "./status-field.tsx";
import { TimezoneField } from "./timezone-field.tsx";
import type { TaskForm } from "./use-task-form.ts";

interface Props {
  form: TaskForm;
  errors: Record<string, string>;
  disabled: boolean;
}

/** The controls for every field of a task. */
export function TaskFields({ form, errors, disabled }: Props) {
  const isNew = form.base === null;
  return (
    <div className="flex flex-col gap-4">
      {isNew && <SourceField form={form} disabled={disabled} />}
      {isNew && <IdField error={errors["id"]} onChange={(id) => form.set("id", id)} />}
      <SkillField form={form} errors={errors} disabled={disabled} />
      <CronField
        cron={textOf(form.mine["schedule_cron"])}
        timezone={textOf(form.mine["timezone"])}
        error={errors["schedule_cron"]}
        disabled={disabled}
        onChange={(cron) => form.set("schedule_cron", cron)}
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TimezoneField error={errors["timezone"]} input={textControl(form, "timezone", disabled)} />
        <StatusField
          status={textOf(form.mine["status"])}
          disabled={disabled}
          onChange={(status) => form.set("status", status)}
        />
      </div>
      <Field label="Description" optional error={errors["description"]}>
        {(control) => <TextArea {...control} {...textControl(form, "description", disabled)} rows={2} />}
      </Field>
      <NextRunField form={form} errors={errors} disabled={disabled} />
      <MapEditor
        label="Params"
        value={mapOf(form.mine["params"])}
        error={errors["params"]}
        disabled={disabled}
        onChange={(params) => form.set("params", params)}
      />
      <MapEditor
        label="Other keys"
        hint="Keys that Lockstep does not know are kept, and travel both ways."
        value={extraOf(form.mine)}
        disabled={disabled}
        onChange={(extra) => form.replace(withExtra(form.mine, extra))}
      />
    </div>
  );
}

const NULLABLE: ReadonlySet<string> = new Set(["description", "next_run_at"]);

/** What a text control needs to show and change a field; an empty nullable field becomes null. */
function textControl(form: TaskForm, name: string, disabled: boolean) {
  return {
    value: textOf(form.mine[name]),
    disabled,
    onChange: ({ target: { value } }: { target: { value: string } }) =>
      form.set(name, value === "" && NULLABLE.has(name) ? null : value),
  };
}

function SourceField({ form, disabled }: { form: TaskForm; disabled: boolean }) {
  const { ids, several } = useSourceIds();
  if (!several) return null;
  return (
    <Field label="Source" hint="The file it is written to.">
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

function SkillField({ form, errors, disabled }: Props) {
  return (
    <Field label="Skill" error={errors["skill_name"]}>
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

function NextRunField({ form, errors, disabled }: Props) {
  return (
    <Field
      label="Next run"
      optional
      error={errors["next_run_at"]}
      hint="Worked out from the schedule when left empty, and when the schedule changes."
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
