"use client";

import { CalendarClock } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { FIELDS } from "../../lib/task/fields.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { useNow } from "../ui/page-clock.ts";
import { Time } from "../ui/time.tsx";
import { cronInWords } from "./cron-words.ts";
import { upcoming } from "./draft.ts";

const CronBuilder = dynamic(
  loadAgain(() => import("./cron-builder.tsx").then((module) => module.CronBuilder)),
  { ssr: false },
);
const SHOWN = 5;

interface Props {
  cron: string;
  timezone: string;
  error: string | undefined;
  disabled: boolean;
  onChange(cron: string): void;
}

/** A field for a cron expression, with its meaning in words and its next runs. */
export function CronField({ cron, timezone, error, disabled, onChange }: Props) {
  const words = error === undefined && cron.trim() !== "" ? cronInWords(cron) : null;
  const [building, setBuilding] = useState(false);
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={FIELDS.schedule_cron.label}
        error={error}
        hint={
          words === null ? (
            "minute, hour, day of month, month, day of week: 0 2 * * * is every day at 02:00"
          ) : (
            <strong className="text-text font-medium">{words}</strong>
          )
        }
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              value={cron}
              disabled={disabled}
              onChange={(event) => onChange(event.target.value)}
              placeholder="0 2 * * *"
              spellCheck={false}
              autoComplete="off"
              className="min-w-0 flex-1 font-mono"
            />
            {!disabled && (
              <Button aria-expanded={building} onClick={() => setBuilding(!building)}>
                <CalendarClock aria-hidden /> Build
              </Button>
            )}
          </div>
        )}
      </Field>
      {building && !disabled && <CronBuilder cron={cron} onChange={onChange} />}
      <NextRuns cron={cron} timezone={timezone} />
    </div>
  );
}

function NextRuns({ cron, timezone }: { cron: string; timezone: string }) {
  // Rounded to the minute, so that the list is computed once a minute.
  const minute = Math.floor(useNow() / 60_000);
  const times = useMemo(
    () => (minute === 0 ? [] : upcoming(cron, timezone, new Date(minute * 60_000), SHOWN)),
    [cron, timezone, minute],
  );
  if (times.length === 0) return null;
  return (
    <div className="bg-hover rounded-md px-3 py-2 text-xs">
      <p className="text-muted mb-1 font-medium" id="next-runs">
        Next runs
      </p>
      <ol aria-labelledby="next-runs" className="flex flex-col gap-0.5">
        {times.map((at) => (
          <li key={at} className="flex justify-between gap-4">
            <Time at={at} timezone={timezone} show="absolute" />
            <span className="text-muted">
              <Time at={at} timezone={timezone} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
