"use client";

import { RotateCcw } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { settingsSchema, type SettingName } from "../../lib/source/settings.ts";
import { Button } from "../ui/button.tsx";
import { useSourceActions } from "./source-actions.tsx";
import { ORIGIN, SETTING } from "./source-words.ts";

/** Hints for settings whose description in the API speaks of true and false. */
const HINT: Partial<Record<SettingName, string>> = {
  is_sync_enabled: "Off: it syncs only when someone asks",
  strategy: "How both sides are compared",
};

interface SettingRowProps {
  source: SourceJson;
  name: SettingName;
  children(id: string): ReactNode;
}

/**
 * One setting: its control, what it does, where its value comes from, and a button to restore the file's
 * value.
 */
export function SettingRow({ source, name, children }: SettingRowProps) {
  const { edit, editWhy } = useSourceActions();
  const id = useId();
  const [error, setError] = useState<string | null>(null);
  const edited = source.origins[name] === "database";
  const reset = async () => setError(await edit(source, { [name]: null }));
  return (
    <div className="grid gap-x-4 gap-y-1 border-b py-3 last:border-b-0 sm:grid-cols-[9rem_1fr]">
      <label htmlFor={id} className="pt-1.5 text-xs font-medium">
        {SETTING[name]}
      </label>
      <div className="flex min-w-0 flex-col gap-1">
        {children(id)}
        {error !== null && (
          <p role="alert" className="text-bad-text text-xs">
            {error}
          </p>
        )}
        <p className="text-muted flex flex-wrap items-center gap-x-2 text-xs">
          <span>{sentence(HINT[name] ?? settingsSchema.shape[name].description ?? "")}</span>
          <span className={edited ? "text-accent-text font-medium" : ""}>
            {sentence(ORIGIN[source.origins[name]])}
          </span>
          {edited && editWhy === undefined && (
            <Button look="ghost" size="small" onClick={() => void reset()}>
              <RotateCcw aria-hidden /> Reset
            </Button>
          )}
        </p>
      </div>
    </div>
  );
}

function sentence(text: string): string {
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
