/** A schedule as the builder shows it. */
export interface CronPlan {
  kind: "minutes" | "hours" | "days" | "week" | "month";
  /** Of `minutes` and `hours`: a run every so many of them. */
  every: number;
  hour: number;
  minute: number;
  /** Days of the week, from 0 for Sunday. */
  weekdays: readonly number[];
  /** Day of the month. */
  day: number;
}

export const USUAL: CronPlan = { kind: "days", every: 15, hour: 2, minute: 0, weekdays: [1], day: 1 };

/** The steps that divide an hour or a day evenly; others would leave an uneven gap. */
export const STEPS = {
  minutes: [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30],
  hours: [1, 2, 3, 4, 6, 8, 12],
} as const;

export function cronOf({ kind, every, hour, minute, weekdays, day }: CronPlan): string {
  switch (kind) {
    case "minutes":
      return `${every === 1 ? "*" : `*/${every}`} * * * *`;
    case "hours":
      return `${minute} ${every === 1 ? "*" : `*/${every}`} * * *`;
    case "days":
      return `${minute} ${hour} * * *`;
    case "week":
      return `${minute} ${hour} * * ${[...weekdays].sort((a, b) => a - b).join(",")}`;
    case "month":
      return `${minute} ${hour} ${day} * *`;
  }
}

/** The plan that an expression stands for; null when the builder cannot show it. */
export function planOf(cron: string): CronPlan | null {
  const parts = cron.trim().split(/\s+/);
  if (parts.length !== 5) return null;
  const [minutes = "", hours = "", days = "", months = "", weekdays = ""] = parts;
  if (months !== "*") return null;
  const [minute, hour, day] = [number(minutes, 0, 59), number(hours, 0, 23), number(days, 1, 31)];
  const anyDay = days === "*" && weekdays === "*";
  const every = step(minutes);
  if (every !== null && hours === "*" && anyDay) return fits({ ...USUAL, kind: "minutes", every });
  if (minute === null) return null;
  const hourly = step(hours);
  if (hourly !== null && anyDay) return fits({ ...USUAL, kind: "hours", minute, every: hourly });
  if (hour === null) return null;
  if (anyDay) return { ...USUAL, kind: "days", minute, hour };
  if (weekdays === "*" && day !== null) return { ...USUAL, kind: "month", minute, hour, day };
  const chosen = weekdays.split(",").map((each) => number(each, 0, 7));
  if (days !== "*" || chosen.includes(null)) return null;
  return {
    ...USUAL,
    kind: "week",
    minute,
    hour,
    weekdays: [...new Set(chosen.map((each) => (each ?? 0) % 7))],
  };
}

function fits(plan: CronPlan): CronPlan | null {
  const steps: readonly number[] = plan.kind === "minutes" ? STEPS.minutes : STEPS.hours;
  return steps.includes(plan.every) ? plan : null;
}

function step(text: string): number | null {
  return text === "*" ? 1 : number(/^\*\/(\d+)$/.exec(text)?.[1] ?? "", 1, 59);
}

function number(text: string, min: number, max: number): number | null {
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
}
