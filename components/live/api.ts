import type { ErrorCode } from "../../lib/errors.ts";
import type { HttpProblem } from "../../lib/protocol/problem.ts";

/** An answer that is not a success. `offline`: there was no answer at all. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly code: ErrorCode | "offline" | "unexpected",
    readonly status: number,
    message: string,
    /** The problem as answered, with whatever more it tells (`errors`, a fresh `task` or `conflict`). */
    readonly problem: HttpProblem | null = null,
  ) {
    super(message);
  }
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * The API's answer as JSON.
 * @throws {ApiError} for every other outcome; a session that ended goes to the sign-in page.
 */
export async function api<T>(
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await send(method, path, body, headers);
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  if (response.status === 401 && !path.startsWith("/api/auth/")) goToSignIn();
  const problem = answer as HttpProblem | null;
  const message = problem?.detail ?? `the server answered ${response.status}`;
  throw new ApiError(problem?.code ?? "unexpected", response.status, sentence(message), problem);
}

/** The page comes back after signing in. */
export function goToSignIn(): void {
  const { pathname, search } = window.location;
  const here = `${pathname}${search}`;
  window.location.assign(here === "/" ? "/signin" : `/signin?next=${encodeURIComponent(here)}`);
}

async function send(
  method: Method,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  const json: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
  try {
    return await fetch(path, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError("offline", 0, "The server cannot be reached just now.");
  }
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
