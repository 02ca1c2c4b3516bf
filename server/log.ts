import pino, { type Logger } from "pino";
import { env } from "../config/env.ts";
import { redact } from "../lib/redact.ts";

export type { Logger };

let root: Logger | undefined;

/** JSON lines on standard output, without any secret wherever in a line it might stand. */
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
    // Each line as it goes out: whatever an error or a library put into it.
    hooks: { streamWrite: (line) => redact(line, secrets()) },
  });
  return root.child({ part });
}

/** Read anew each time: some are made, or found out, after the first line has been written. */
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
