"use client";

import { useId, useState } from "react";
import type { JsonMap } from "../../lib/json.ts";
import { Segmented } from "../ui/segmented.tsx";
import { MapTree } from "./map-tree.tsx";
import { MapYaml } from "./map-yaml.tsx";

type As = "fields" | "yaml";

interface Props {
  label: string;
  hint?: string;
  value: JsonMap;
  error?: string | undefined;
  disabled: boolean;
  onChange(value: JsonMap): void;
}

/** Keys and values of any depth, as a tree of fields or as YAML text. */
export function MapEditor({ label, hint, value, error, disabled, onChange }: Props) {
  const id = useId();
  const [as, setAs] = useState<As>("fields");
  return (
    <div role="group" aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <span id={id} className="text-xs font-medium">
          {label}
        </span>
        <Segmented<As>
          label={`${label} as`}
          value={as}
          onValueChange={setAs}
          options={[
            { value: "fields", label: "Fields" },
            { value: "yaml", label: "YAML" },
          ]}
        />
      </div>
      {as === "fields" ? (
        <MapTree value={value} disabled={disabled} onChange={onChange} name={label} />
      ) : (
        <MapYaml value={value} disabled={disabled} onChange={onChange} label={`${label} as YAML`} />
      )}
      {error !== undefined && <p className="text-bad-text text-xs">{error}</p>}
      {hint !== undefined && <p className="text-muted text-xs">{hint}</p>}
    </div>
  );
}
