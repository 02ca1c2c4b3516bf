import { LockstepError } from "../../lib/errors.ts";

/**
 * SQLSTATE classes and codes of Node and Prisma for a database that cannot be reached, so that trying again
 * helps.
 */
const UNREACHABLE =
  /^(?:08\w{3}|57P\d\d|53\w{3}|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|P1001|P1002|P1008|P1017|P2024)$/;
const UNREACHABLE_TEXT =
  /Connection terminated|timeout exceeded when trying to connect|Can't reach database server/i;

/** SQLSTATEs of a statement that waited too long for another transaction, and of a statement that took too long. */
const HELD_UP = /^(?:55P03|57014)$/;

/** The error as a client may see it; null for an unexpected error. */
export function knownError(error: unknown): LockstepError | null {
  if (isLockstepError(error)) return error;
  // Prisma wraps the driver's error twice, so causes are followed. Five levels are more than enough.
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && typeof cause === "object" && cause !== null; depth += 1) {
    const { code, message } = cause as { code?: unknown; message?: unknown };
    if (matches(code, HELD_UP)) {
      return new LockstepError(
        "unavailable",
        "another database transaction locks what this needs, or the database is very busy; try again in a moment",
      );
    }
    if (matches(code, UNREACHABLE) || matches(message, UNREACHABLE_TEXT)) {
      return new LockstepError("unavailable", "the database does not answer now; try again in a moment");
    }
    cause = causeOf(cause);
  }
  return null;
}

function causeOf(error: { cause?: unknown; meta?: { driverAdapterError?: unknown } }): unknown {
  return error.cause ?? error.meta?.driverAdapterError;
}

function matches(text: unknown, pattern: RegExp): boolean {
  return typeof text === "string" && pattern.test(text);
}

/** Compares the name, because route handlers are bundled with their own copy of the class. */
function isLockstepError(error: unknown): error is LockstepError {
  return error instanceof Error && error.name === "LockstepError" && "code" in error;
}
