/**
 * A schedule as people write them: comments, quoted crons, nested params, about 450 bytes a task. Every task
 * has `retries`.
 */
export function generateSchedule(count: number, seed = 1): string {
  const random = mulberry32(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const number = (max: number) => Math.floor(random() * max);
  const tasks: string[] = [];
  for (let id = 1; id <= count; id += 1) tasks.push(task(id, pick, number));
  return `${HEAD}${tasks.join("\n")}`;
}

const HEAD = `# The schedule of jobs. Ask in #operations before you change anything under "billing".

metadata:
  last_sync: "2026-11-01T00:00:00Z"
  sync_source: yaml

tasks:
`;

const SKILLS = [
  "daily-backup",
  "health-check",
  "weekly-report",
  "sync-invoices",
  "rotate-logs",
  "warm-cache",
  "reindex",
] as const;
const CRONS = [
  "0 2 * * *",
  "*/15 * * * *",
  "30 6 * * 1-5",
  "0 8 * * 1",
  "5 4 1 * *",
  "0 0-23/2 * * *",
  "45 23 * * SUN",
] as const;
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC"] as const;
const TEAMS = ["platform", "billing", "data", "search", "growth"] as const;
const COMMENTS = [
  "Runs before the working day starts anywhere in Europe.",
  "Cheap, so it may run often.",
  "Ask whether anyone still reads this report",
  "Must not overlap with the backup window (02:00 to 04:00 UTC)!",
] as const;

function task(id: number, pick: <T>(list: readonly T[]) => T, number: (max: number) => number): string {
  const quote = pick(['"', '"', "'"]);
  const team = pick(TEAMS);
  const lines = [
    ...(number(3) === 0 ? [`  # ${pick(COMMENTS)}`] : []),
    `  - id: ${id}`,
    `    skill_name: ${pick(SKILLS)}`,
    `    schedule_cron: ${quote}${pick(CRONS)}${quote}${number(4) === 0 ? " # agreed with the team" : ""}`,
    ...(number(2) === 0
      ? [`    next_run_at: "2027-0${1 + number(9)}-1${number(10)}T0${number(10)}:00:00Z"`]
      : []),
    `    timezone: ${pick(ZONES)}`,
    `    status: ${pick(["active", "active", "pending", "paused"])}`,
    ...description(id, team, number(20)),
    "    params:",
    `      target: s3://${team}-archive/${id}`,
    `      retries: ${number(6)}`,
    `      timeout_seconds: ${10 + number(600)}`,
    "      notify:",
    `        channel: ${quote}#${team}${quote}`,
    `        on: [failure, ${pick(["success", "retry"])}]`,
    ...(number(2) === 0
      ? ["      recipients:", `        - ops@example.com`, `        - ${team}@example.com`]
      : []),
    ...(number(20) === 0
      ? [`      limits: {cpu: ${1 + number(8)}, memory: ${quote}${1 + number(9)}Gi${quote}}`]
      : []),
    `    updated_at: ${quote}2026-10-${10 + number(20)}T0${number(10)}:${10 + number(50)}:00Z${quote}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** Mostly one line, sometimes a longer text. */
function description(id: number, team: string, dice: number): string[] {
  if (dice === 0)
    return [
      "    description: |",
      `      Job ${id} of the ${team} team.`,
      "      See the runbook before you restart it: twice is worse than not at all.",
    ];
  if (dice === 1) return [`    description: "Job ${id}: the ${team} team's \\"nightly\\" one"`];
  return [`    description: Nightly work of the ${team} team, part ${id}`];
}

/** The text with other `retries` in these tasks, and with their new `updated_at`. */
export function withRetries(text: string, ids: Iterable<number>, retries: number, stamp: string): string {
  let result = "";
  let done = 0;
  for (const id of [...ids].sort((a, b) => a - b)) {
    const start = text.indexOf(`- id: ${id}\n`, done);
    const value = text.indexOf("retries: ", start) + "retries: ".length;
    const valueEnd = text.indexOf("\n", value);
    const stampAt = text.indexOf("updated_at: ", valueEnd) + "updated_at: ".length + 1;
    const stampEnd = text.indexOf("\n", stampAt) - 1;
    result += `${text.slice(done, value)}${retries}${text.slice(valueEnd, stampAt)}${stamp}`;
    done = stampEnd;
  }
  return result + text.slice(done);
}

export function retriesOf(text: string, id: number): number {
  return Number(/retries: (\d+)/.exec(text.slice(text.indexOf(`- id: ${id}\n`)))?.[1]);
}

/**
 * A small generator of uniformly distributed numbers, the same for the same seed (Tommy Ettinger's
 * mulberry32, public domain).
 */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
