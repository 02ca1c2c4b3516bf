import pino, { type Logger } from "pino";
import { env } from "../config/env.ts";
import { redact } from "../lib/redact.ts";

export type { Logger };

let root: Logger | undefined;

/** A logger that writes JSON lines to standard output, with every known secret removed. */
export function logger(part: string): Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: [
      "*.authorization",
      "*.cookie",
      "*.token",
      "*.password",
      "authorization",
      "cookie",
      "token",
      "password",
    ],
    // Redacts the finished line, because errors and libraries put text into it too.
    hooks: { streamWrite: (line) => redact(line, secrets()) },
  });
  return root.child({ part });
}

/** Read for each line, because some secrets are created or read only after the first line was written. */
function secrets(): string[] {
  const { ADMIN_PASSWORD, API_TOKEN, AUTH_SECRET, CRON_SECRET, DATABASE_URL } = env();
  const password =
    DATABASE_URL !== undefined && URL.canParse(DATABASE_URL) ? new URL(DATABASE_URL).password : "";
  return [ADMIN_PASSWORD, API_TOKEN, AUTH_SECRET, CRON_SECRET, password, decodedPassword(password)].filter(
    (secret) => secret !== undefined,
  );
}

function decodedPassword(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
