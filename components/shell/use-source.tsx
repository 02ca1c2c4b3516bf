"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { NativeSelect } from "../ui/native-select.tsx";
import { useStatus } from "./use-status.ts";

const ALL = "";

/** The names of the sources that are synced; where there is only one, nobody need be told of it. */
export function useSourceIds(): { ids: readonly string[]; several: boolean } {
  const { data } = useStatus();
  const names = (data.sources ?? []).map(({ id }) => id).join("\n");
  return useMemo(() => {
    const ids = names === "" ? [] : names.split("\n");
    return { ids, several: ids.length > 1 };
  }, [names]);
}

/** The source that the address names. */
export function useSourceParam(): [string | undefined, (source: string | undefined) => void] {
  const source = useSearchParams().get("source") ?? undefined;
  const choose = (next: string | undefined) => {
    const search = new URLSearchParams(window.location.search);
    if (next === undefined) search.delete("source");
    else search.set("source", next);
    window.history.pushState(null, "", search.size === 0 ? window.location.pathname : `?${search}`);
  };
  return [source, choose];
}

interface SourceSelectProps {
  value: string | undefined;
  onChange(source: string | undefined): void;
  /** Whether all together may be chosen. */
  all?: boolean;
  id?: string;
  disabled?: boolean;
}

/** One of several sources, or all; nothing where there is only one and no other is asked for. */
export function SourceSelect({ value, onChange, all = true, id, disabled }: SourceSelectProps) {
  const { ids, several } = useSourceIds();
  const foreign = value !== undefined && !ids.includes(value);
  if (!several && !foreign) return null;
  return (
    <NativeSelect
      id={id}
      aria-label={id === undefined ? "Source" : undefined}
      value={value ?? ALL}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value === ALL ? undefined : event.target.value)}
    >
      {all && <option value={ALL}>All sources</option>}
      {foreign && <option value={value}>{value}</option>}
      {ids.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </NativeSelect>
  );
}
