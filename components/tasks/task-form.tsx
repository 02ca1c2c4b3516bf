"use client";

import { useId, useMemo, useState } from "react";
import { TASK_STATUSES, type TaskStatus } from "../../lib/task/task.ts";
import { SourceSelect, useSourceIds } from "../shell/use-source.tsx";
import { Field, Input, TextArea } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { CronField } from "./cron-field.tsx";
import { extraOf, mapOf, textOf, typedId, withExtra } from "./draft.ts";
import { MapEditor } from "./map-editor.tsx";
import type { TaskForm } from "./use-task-form.ts";

const STATUSES = TASK_STATUSES.map((value) => ({ value, label: value }));

interface Props {
  form: TaskForm;
  errors: Record<string, string>;
  disabled: boolean;
}

/** Every field of a task. */
export function TaskFields({
  form: { base, mine, source, set, setSource, replace },
  errors,
  disabled,
}: Props) {
  const statusId = useId();
  const { ids, several } = useSourceIds();
  const text = (name: string) => ({
    value: textOf(mine[name]),
    disabled,
    onChange: (event: { target: { value: string } }) =>
      set(name, event.target.value === "" && NULLABLE.has(name) ? null : event.target.value),
  });
  return (
    <div className="flex flex-col gap-4">
      {base === null && several && (
        <Field label="Source" hint="The file it is written to.">
          {({ id }) => (
            <SourceSelect
              id={id}
              value={source ?? ids[0]}
              onChange={setSource}
              all={false}
              disabled={disabled}
            />
          )}
        </Field>
      )}
      {base === null && <IdField error={errors["id"]} onChange={(id) => set("id", typedId(id))} />}
      <Field label="Skill" error={errors["skill_name"]}>
        {(control) => (
          <Input
            {...control}
            {...text("skill_name")}
            placeholder="daily-backup"
            autoComplete="off"
            {...(base === null ? { "data-autofocus": true } : {})}
          />
        )}
      </Field>
      <CronField
        cron={textOf(mine["schedule_cron"])}
        timezone={textOf(mine["timezone"])}
        error={errors["schedule_cron"]}
        disabled={disabled}
        onChange={(cron) => set("schedule_cron", cron)}
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label="Time zone" error={errors["timezone"]}>
          {(control) => (
            <>
              <Input
                {...control}
                {...text("timezone")}
                list={`${control.id}-zones`}
                autoComplete="off"
                spellCheck={false}
              />
              <Zones id={`${control.id}-zones`} />
            </>
          )}
        </Field>
        <div className="flex flex-col gap-1">
          <label htmlFor={statusId} className="text-xs font-medium">
            Status
          </label>
          <Select
            id={statusId}
            options={STATUSES}
            value={textOf(mine["status"]) as TaskStatus}
            disabled={disabled}
            onValueChange={(status) => set("status", status)}
          />
        </div>
      </div>
      <Field label="Description" optional error={errors["description"]}>
        {(control) => <TextArea {...control} {...text("description")} rows={2} />}
      </Field>
      <Field
        label="Next run"
        optional
        error={errors["next_run_at"]}
        hint="Worked out from the schedule when left empty, and when the schedule changes."
      >
        {(control) => (
          <Input
            {...control}
            {...text("next_run_at")}
            placeholder="2026-01-31T03:00:00Z"
            spellCheck={false}
            className="font-mono !text-xs"
          />
        )}
      </Field>
      <MapEditor
        label="Params"
        value={mapOf(mine["params"])}
        error={errors["params"]}
        disabled={disabled}
        onChange={(params) => set("params", params)}
      />
      <MapEditor
        label="Other keys"
        hint="Keys that Lockstep does not know are kept, and travel both ways."
        value={extraOf(mine)}
        disabled={disabled}
        onChange={(extra) => replace(withExtra(mine, extra))}
      />
    </div>
  );
}

const NULLABLE: ReadonlySet<string> = new Set(["description", "next_run_at"]);

function IdField({ error, onChange }: { error: string | undefined; onChange(text: string): void }) {
  const [text, setText] = useState("");
  return (
    <Field
      label="Id"
      optional
      error={error}
      hint="A number or a short name; the next free number when left empty."
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
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}

function Zones({ id }: { id: string }) {
  const zones = useMemo(() => ["UTC", ...Intl.supportedValuesOf("timeZone")], []);
  return (
    <datalist id={id}>
      {zones.map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}
