"use client";

import type { SourceJson } from "../../lib/protocol/source.ts";
import { NativeSelect } from "../ui/native-select.tsx";
import { Switch } from "../ui/switch.tsx";
import { InlineValue } from "./inline-value.tsx";
import { SettingRow } from "./setting-row.tsx";
import { useSourceActions } from "./source-actions.tsx";

interface ChoiceProps {
  source: SourceJson;
  name: "direction" | "strategy" | "conflict_policy" | "older_file";
  options: readonly { value: string; text: string }[];
}

/** A setting with a few possible values. */
export function ChoiceSetting({ source, name, options }: ChoiceProps) {
  const { edit, editWhy } = useSourceActions();
  return (
    <SettingRow source={source} name={name}>
      {(control) => (
        <NativeSelect
          id={control}
          value={source.settings[name]}
          disabled={editWhy !== undefined || source.removed_at !== null}
          onChange={(event) => void edit(source, { [name]: event.target.value })}
          className="w-full !max-w-full"
        >
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </NativeSelect>
      )}
    </SettingRow>
  );
}

interface ToggleProps {
  source: SourceJson;
  name: "is_sync_enabled" | "cascade_sync";
}

/** A setting that is on or off. */
export function ToggleSetting({ source, name }: ToggleProps) {
  const { edit, editWhy } = useSourceActions();
  return (
    <SettingRow source={source} name={name}>
      {(control) => (
        <span className="pt-1.5">
          <Switch
            id={control}
            checked={source.settings[name]}
            disabled={editWhy !== undefined || source.removed_at !== null}
            onCheckedChange={(on) => void edit(source, { [name]: on })}
          />
        </span>
      )}
    </SettingRow>
  );
}

interface TypedProps {
  source: SourceJson;
  name: "sync_interval_minutes" | "staleness_threshold_minutes" | "priority" | "worker";
}

/** A setting that is a word or a number. */
export function TypedSetting({ source, name }: TypedProps) {
  return (
    <SettingRow source={source} name={name}>
      {(control) => <InlineValue key={source.id} source={source} name={name} framed id={control} />}
    </SettingRow>
  );
}
