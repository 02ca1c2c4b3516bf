"use client";

import { useState } from "react";
import { Input } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { cronOf, type CronPlan, planOf, STEPS, USUAL } from "./cron-plan.ts";

const KINDS = [
  { value: "minutes", label: "Every few minutes" },
  { value: "hours", label: "Every few hours" },
  { value: "days", label: "Every day" },
  { value: "week", label: "On days of the week" },
  { value: "month", label: "On a day of the month" },
] as const satisfies readonly { value: CronPlan["kind"]; label: string }[];

/** From Monday; the number is the one of cron. */
const WEEKDAYS = [
  [1, "Mon"],
  [2, "Tue"],
  [3, "Wed"],
  [4, "Thu"],
  [5, "Fri"],
  [6, "Sat"],
  [0, "Sun"],
] as const;

interface Props {
  cron: string;
  onChange(cron: string): void;
}

/** Builds a cron expression from choices, beside its text. A choice replaces the text at once. */
export function CronBuilder({ cron, onChange }: Props) {
  const shown = planOf(cron);
  // The builder cannot show every expression. It then keeps its last plan until something is chosen.
  const [last, setLast] = useState<CronPlan>(shown ?? USUAL);
  const plan = shown ? { ...last, ...usedOf(shown) } : last;
  const change = (next: Partial<CronPlan>) => {
    const chosen = { ...plan, ...next };
    const changed = { ...chosen, every: nearest(chosen) };
    setLast(changed);
    onChange(cronOf(changed));
  };
  const stepped = plan.kind === "minutes" || plan.kind === "hours" ? plan.kind : null;
  return (
    <div role="group" aria-label="Schedule builder" className="bg-hover flex flex-col gap-2 rounded-md p-3">
      {shown === null && cron.trim() !== "" && (
        <p className="text-muted text-xs">The text says more than these choices can. A choice replaces it.</p>
      )}
      <div className="flex flex-wrap items-center gap-2 text-xs">
        <Select
          label="How often"
          options={KINDS}
          value={plan.kind}
          onValueChange={(kind) => change({ kind })}
        />
        {stepped !== null && (
          <Select
            label={`Every how many ${stepped}`}
            options={STEPS[stepped].map((n) => ({ value: String(n), label: stepInWords(n, stepped) }))}
            value={String(nearest(plan))}
            onValueChange={(every) => change({ every: Number(every) })}
          />
        )}
        {plan.kind === "hours" && <Minute minute={plan.minute} onChange={(minute) => change({ minute })} />}
        {plan.kind === "month" && (
          <Select
            label="Day of the month"
            options={Array.from({ length: 31 }, (_, i) => ({
              value: String(i + 1),
              label: `on day ${i + 1}`,
            }))}
            value={String(plan.day)}
            onValueChange={(day) => change({ day: Number(day) })}
          />
        )}
        {stepped === null && <At plan={plan} onChange={change} />}
      </div>
      {plan.kind === "week" && (
        <Weekdays chosen={plan.weekdays} onChange={(weekdays) => change({ weekdays })} />
      )}
      {plan.kind === "month" && plan.day > 28 && (
        <p className="text-muted text-xs">Months without this day are left out.</p>
      )}
    </div>
  );
}

/** The parts of a plan that its expression tells; the others stay as they were chosen. */
function usedOf({ kind, every, hour, minute, weekdays, day }: CronPlan): Partial<CronPlan> {
  if (kind === "minutes") return { kind, every };
  if (kind === "hours") return { kind, every, minute };
  if (kind === "days") return { kind, hour, minute };
  return kind === "week" ? { kind, hour, minute, weekdays } : { kind, hour, minute, day };
}

function nearest({ kind, every }: CronPlan): number {
  const steps: readonly number[] = kind === "minutes" ? STEPS.minutes : STEPS.hours;
  return steps.includes(every) ? every : 1;
}

function stepInWords(n: number, kind: "minutes" | "hours"): string {
  return n === 1 ? `every ${kind.slice(0, -1)}` : `every ${n} ${kind}`;
}

function At({ plan, onChange }: { plan: CronPlan; onChange(next: Partial<CronPlan>): void }) {
  const two = (n: number) => String(n).padStart(2, "0");
  return (
    <label className="flex items-center gap-2">
      at
      <Input
        type="time"
        aria-label="Time of day"
        className="!w-28"
        value={`${two(plan.hour)}:${two(plan.minute)}`}
        onChange={({ target: { value } }) => {
          const [hour, minute] = value.split(":").map(Number);
          if (hour !== undefined && minute !== undefined) onChange({ hour, minute });
        }}
      />
    </label>
  );
}

function Minute({ minute, onChange }: { minute: number; onChange(minute: number): void }) {
  return (
    <label className="flex items-center gap-2">
      at minute
      <Input
        type="number"
        min={0}
        max={59}
        aria-label="Minute of the hour"
        className="!w-16"
        value={minute}
        onChange={({ target: { value } }) => {
          const next = Number(value);
          if (value !== "" && Number.isInteger(next) && next >= 0 && next <= 59) onChange(next);
        }}
      />
    </label>
  );
}

function Weekdays({ chosen, onChange }: { chosen: readonly number[]; onChange(days: number[]): void }) {
  return (
    <div role="group" aria-label="Days of the week" className="flex flex-wrap gap-1">
      {WEEKDAYS.map(([day, name]) => {
        const on = chosen.includes(day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={on}
            // The last day stays, because a week without a day is no schedule.
            onClick={() => {
              const next = on ? chosen.filter((each) => each !== day) : [...chosen, day];
              if (next.length > 0) onChange(next);
            }}
            className={`h-8 rounded-md border px-2.5 text-xs font-medium ${on ? "bg-accent text-on-accent border-accent" : "bg-surface border-border-strong"}`}
          >
            {name}
          </button>
        );
      })}
    </div>
  );
}
