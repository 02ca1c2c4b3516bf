"use client";

import { SourceSelect } from "../shell/use-source.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import type { ScheduleOptions, Span, Zone } from "./use-hour-cells.ts";

const SPANS: readonly { value: Span; label: string }[] = [
  { value: "day", label: "Next 24 hours" },
  { value: "week", label: "7 days" },
];
const ZONES: readonly { value: Zone; label: string }[] = [
  { value: "utc", label: "UTC" },
  { value: "local", label: "Local time" },
];

interface Props {
  options: ScheduleOptions;
  onChange(options: ScheduleOptions): void;
  onSource(source: string | undefined): void;
}

/** The page's title with the choices of source, time span, time zone and tasks. */
export function ScheduleHeader({ options, onChange, onSource }: Props) {
  return (
    <PageHeader
      title="Schedule"
      aside={
        <>
          <SourceSelect value={options.source} onChange={onSource} />
          <Segmented
            label="Time span"
            options={SPANS}
            value={options.span}
            onValueChange={(span) => onChange({ ...options, span })}
          />
          <Segmented
            label="Time zone"
            options={ZONES}
            value={options.zone}
            onValueChange={(zone) => onChange({ ...options, zone })}
          />
        </>
      }
    >
      <label className="text-muted flex items-center gap-2 text-xs">
        <Checkbox
          checked={options.includeResting}
          onCheckedChange={(includeResting) => onChange({ ...options, includeResting })}
          label="Include paused, disabled and completed tasks"
        />
        <span aria-hidden>Include paused, disabled and completed</span>
      </label>
    </PageHeader>
  );
}
