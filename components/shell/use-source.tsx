"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { NativeSelect } from "../ui/native-select.tsx";
import { pushSearch } from "./search-params.ts";
import { useStatus } from "./use-status.ts";

const ALL = "";

/**
 * The names of the sources of tasks, or of all sources, those of objects too. The interface names a source only when there
 * are several of any kind.
 */
export function useSourceIds(objects = false): { ids: readonly string[]; several: boolean } {
  const { data } = useStatus();
  const all = data.sources ?? [];
  const several = all.length > 1;
  const names = all
    .filter(({ object_type }) => objects || object_type === null)
    .map(({ id }) => id)
    .join("\n");
  return useMemo(() => ({ ids: names === "" ? [] : names.split("\n"), several }), [names, several]);
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
  /** Whether sources of objects are choices too, which have runs but no tasks and no file. */
  objects?: boolean;
  id?: string;
  disabled?: boolean;
}

/** The choice of a source, or of all. It is hidden while there is only one source and `value` names no other. */
export function SourceSelect({
  value,
  onChange,
  all = true,
  objects = false,
  id,
  disabled,
}: SourceSelectProps) {
  const { ids } = useSourceIds(objects);
  const foreign = value !== undefined && !ids.includes(value);
  if (ids.length < 2 && !foreign) return null;
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
