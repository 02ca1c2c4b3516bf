"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { NativeSelect } from "../ui/native-select.tsx";
import { pushSearch } from "./search-params.ts";
import { useStatus } from "./use-status.ts";

const ALL = "";

/** The names of the sources. The interface names a source only when there are several. */
export function useSourceIds(): { ids: readonly string[]; several: boolean } {
  const { data } = useStatus();
  const names = (data.sources ?? []).map(({ id }) => id).join("\n");
  return useMemo(() => {
    const ids = names === "" ? [] : names.split("\n");
    return { ids, several: ids.length > 1 };
  }, [names]);
}

/** The source that the address names, and a way to change it. */
export function useSourceParam(): [string | undefined, (source: string | undefined) => void] {
  const source = useSearchParams().get("source") ?? undefined;
  const choose = (next: string | undefined) => pushSearch({ source: next });
  return [source, choose];
}

interface SourceSelectProps {
  value: string | undefined;
  onChange(source: string | undefined): void;
  /** Whether "All sources" is one of the choices. */
  all?: boolean;
  id?: string;
  disabled?: boolean;
}

/** The choice of a source, or of all. It is hidden while there is only one source and `value` names no other. */
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
