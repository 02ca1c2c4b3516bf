import pino, { type Logger } from "pino";
import { env } from "../config/env.ts";

export type { Logger };

let root: Logger | undefined;

/** JSON lines on standard output; secrets are cut out wherever a request or an address might carry one. */
export function logger(part: string): Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ["*.authorization", "*.cookie", "*.token", "*.password", "authorization", "cookie", "token", "password"],
  });
  return root.child({ part });
}
