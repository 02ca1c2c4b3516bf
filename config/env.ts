import { z } from "zod";

const TRUE = new Set(["true", "1"]);
const FALSE = new Set(["false", "0"]);

const flag = z.string().transform((text, context) => {
  const value = text.trim().toLowerCase();
  if (TRUE.has(value)) return true;
  if (FALSE.has(value)) return false;
  context.addIssue({ code: "custom", message: "must be true, false, 1 or 0" });
  return z.NEVER;
});

const whole = (min: number, max: number) =>
  z.string().transform((text, context) => {
    const value = Number(text);
    if (/^\s*\d+\s*$/.test(text) && value >= min && value <= max) return value;
    context.addIssue({ code: "custom", message: `must be a whole number from ${min} to ${max}` });
    return z.NEVER;
  });

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );

const secret = z.string().min(8, "must have at least 8 characters");

/** A name such as `lockstep.example.com`, `.example.com` with all its subdomains, an address, or `*`. */
const hostPattern = z
  .string()
  .regex(
    /^(?:\*|\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/,
    "must be a list of names such as lockstep.example.com or .example.com, without scheme and port",
  );

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const schema = z
  .object({
    HOST: z.string().default("127.0.0.1"),
    PORT: whole(0, 65_535).default(3000),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
      .optional(),
    DATA_DIR: z.string().default("./data"),
    SCHEDULE_FILE: z.string().default("config/schedule_config.yml"),
    SOURCES_FILE: z.string().optional(),
    SOURCE_FOLDERS: list,
    WORKER_LABELS: list
      .pipe(
        z.array(
          z
            .string()
            .regex(
              /^[a-z0-9][a-z0-9_-]{0,39}$/,
              "must be lower-case letters, digits, '_' and '-', at most 40 each",
            ),
        ),
      )
      .transform((labels) => (labels.length > 0 ? [...new Set(labels)] : ["default"])),
    ROLE: z.enum(["all", "web", "worker"], "must be all, web or worker").default("all"),
    AUTO_SYNC_ENABLED: flag.optional(),
    BACKGROUND_SYNC_ENABLED: flag.optional(),
    SYNC_INTERVAL_SECONDS: whole(1, 86_400).default(300),
    SYNC_WAIT_MS: whole(0, 600_000).default(10_000),
    WATCH_DEBOUNCE_MS: whole(0, 60_000).default(200),
    WATCH_POLLING: flag.default(false),
    SYNC_STRATEGY: z.enum(["three-way", "timestamp"], "must be three-way or timestamp").default("three-way"),
    SYNC_DIRECTION: z
      .enum(["bidirectional", "yaml_to_db", "db_to_yaml"], "must be bidirectional, yaml_to_db or db_to_yaml")
      .default("bidirectional"),
    RETENTION_DAYS: whole(1, 36_500).default(90),
    CRON_SECRET: secret.optional(),
    API_TOKEN: secret.optional(),
    AUTH_SECRET: secret.optional(),
    CORS_ORIGINS: z
      .string()
      .default("")
      .transform((text) =>
        text
          .split(",")
          .map((origin) => origin.trim())
          .filter(Boolean),
      )
      .pipe(z.array(z.url("must be a list of origins such as https://ops.example.com"))),
    ALLOWED_HOSTS: z
      .string()
      .default("")
      .transform((text) =>
        text
          .toLowerCase()
          .split(",")
          .map((name) => name.trim())
          .filter(Boolean),
      )
      .pipe(z.array(hostPattern)),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: "must be an address such as https://lockstep.example.com" })
      .optional(),
    ADMIN_EMAIL: z.email("must be an email address").optional(),
    ADMIN_PASSWORD: z
      .string()
      .min(12, "must have at least 12 characters")
      .max(128, "may have at most 128 characters")
      .optional(),
    TRUST_PROXY: flag.default(false),
    RATE_LIMIT_PER_MINUTE: whole(0, 10_000_000).default(12_000),
    SOCKETS_PER_CLIENT: whole(1, 1_000_000).default(500),
    HEALTH_FILE: z.string().optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  })
  .transform(({ AUTO_SYNC_ENABLED, BACKGROUND_SYNC_ENABLED, ...env }) => ({
    ...env,
    AUTO_SYNC_ENABLED: AUTO_SYNC_ENABLED ?? BACKGROUND_SYNC_ENABLED ?? true,
  }));

export type Env = z.output<typeof schema>;

/** The environment has settings that cannot be used; the message has one line per problem. */
export class BadEnvironment extends Error {
  override readonly name = "BadEnvironment";
}

/**
 * Reads the environment; empty values count as unset.
 * @throws {BadEnvironment} with one line per problem, which names the variable and never a secret's value.
 */
export function parseEnv(values: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(given);
  const issues = parsed.error?.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) ?? [];
  const problems = [...issues, ...disagreements(given)];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new BadEnvironment(problems.join("\n"));
}

/** Problems between variables, reported together with the problems of single variables. */
function disagreements(given: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  const [auto, background] = [given["AUTO_SYNC_ENABLED"], given["BACKGROUND_SYNC_ENABLED"]].map(
    (text) => flag.safeParse(text).data,
  );
  if (auto !== undefined && background !== undefined && auto !== background) {
    problems.push(
      "AUTO_SYNC_ENABLED and BACKGROUND_SYNC_ENABLED mean the same but differ; set only one of them",
    );
  }
  const role = given["ROLE"] ?? "all";
  if ((role === "web" || role === "worker") && given["DATABASE_URL"] === undefined) {
    problems.push(
      `DATABASE_URL is required with ROLE=${role}: the embedded database serves one process only`,
    );
  }
  if (role === "web" && given["AUTH_SECRET"] === undefined) {
    problems.push("AUTH_SECRET is required with ROLE=web: all web processes sign sessions with the same one");
  }
  if ((given["ADMIN_EMAIL"] === undefined) !== (given["ADMIN_PASSWORD"] === undefined)) {
    problems.push("ADMIN_EMAIL and ADMIN_PASSWORD belong together; set both or neither");
  }
  return problems;
}

/** Whether Lockstep itself reads a variable of this name, or one that programs take their identity from. */
export function isOwnVariable(name: string): boolean {
  return Object.hasOwn(schema.in.shape, name) || name === "PGPASSWORD";
}

/** The value of a variable that `sources.yml` names as `${NAME}`; undefined: it is not set. Never one of Lockstep's own. */
export function namedVariable(name: string): string | undefined {
  return isOwnVariable(name) ? undefined : process.env[name];
}

let current: Env | undefined;

/** The process's environment, parsed once. Only this function reads `process.env`. */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/**
 * Sets values that are found at start-up (the embedded database's address, generated secrets) for all of this
 * process, including the route handlers, which Next bundles with a copy of this module.
 */
export function provideEnv(values: Partial<Record<keyof Env, string>>): void {
  Object.assign(process.env, values);
  current = undefined;
}

/** True for `npm run dev`, in which pages are built on request and follow their sources. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === "development";
}

/**
 * The environment for programs that this process starts: without our secrets, and without the `GIT_DIR` of
 * the process that started this one.
 */
export function programEnv(): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_ENV } = process.env;
  return { PATH, HOME, NODE_ENV };
}
