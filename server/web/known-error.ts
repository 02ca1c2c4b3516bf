import { LockstepError } from "../../lib/errors.ts";

/**
 * SQLSTATE classes and codes of Node and Prisma for a database that cannot be reached, so that trying again
 * helps.
 */
const UNREACHABLE =
  /^(?:08\w{3}|57P\d\d|53\w{3}|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|P1001|P1002|P1008|P1017|P2024)$/;
const UNREACHABLE_TEXT =
  /Connection terminated|timeout exceeded when trying to connect|Can't reach database server/i;

/** The error as a client may see it; null for an unexpected error. */
export function knownError(error: unknown): LockstepError | null {
  if (isLockstepError(error)) return error;
  // Prisma wraps the driver's error, so causes are followed. Five levels are more than enough.
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && typeof cause === "object" && cause !== null; depth += 1) {
    const { code, message } = cause as { code?: unknown; message?: unknown };
    if (
      (typeof code === "string" && UNREACHABLE.test(code)) ||
      (typeof message === "string" && UNREACHABLE_TEXT.test(message))
    ) {
      return new LockstepError("unavailable", "the database does not answer now; try again in a moment");
    }
    cause = (cause as { cause?: unknown }).cause;
  }
  return null;
}

/** Compares the name, because route handlers are bundled with their own copy of the class. */
function isLockstepError(error: unknown): error is LockstepError {
  return error instanceof Error && error.name === "LockstepError" && "code" in error;
}
