import { STATUS_CODES } from "node:http";
import { ERROR_STATUS, type LockstepError } from "../../lib/errors.ts";
import type { HttpProblem } from "../../lib/protocol/problem.ts";

export interface ProblemAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The answer that a client gets for an error, as RFC 9457 describes it. */
export function problemAnswer(error: Pick<LockstepError, "code" | "message" | "details">): ProblemAnswer {
  const status = ERROR_STATUS[error.code];
  const { retry_after } = error.details;
  const wait = typeof retry_after === "number" ? String(retry_after) : status === 503 ? "1" : undefined;
  const problem: HttpProblem = {
    ...error.details,
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail: error.message,
    code: error.code,
  };
  return {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...(status === 401 ? { "WWW-Authenticate": 'Bearer realm="lockstep"' } : {}),
      ...(wait === undefined ? {} : { "Retry-After": wait }),
    },
    body: JSON.stringify(problem),
  };
}
