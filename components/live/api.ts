import type { ErrorCode } from "../../lib/errors.ts";
import type { HttpProblem } from "../../lib/protocol/problem.ts";
import type { AnswerOf, BodyInput, ParamsOf, QueryInput } from "../../lib/protocol/route-types.ts";
import type { RouteKey } from "../../lib/protocol/routes.ts";

/** An answer that is not a success. `offline`: there was no answer at all. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly code: ErrorCode | "offline" | "unexpected",
    readonly status: number,
    message: string,
    /** The problem as answered, with its additional members (`errors`, the present `task` or `conflict`). */
    readonly problem: HttpProblem | null = null,
  ) {
    super(message);
  }
}

/** What a route takes, by its entry in the route table. */
export type Given<K extends RouteKey> = { query?: QueryInput<K>; headers?: Record<string, string> } & ([
  keyof ParamsOf<K>,
] extends [never]
  ? object
  : { params: ParamsOf<K> }) &
  (BodyInput<K> extends undefined ? object : { body: BodyInput<K> });

interface Parts {
  params?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * Calls a route of the API, by its key in the route table.
 * @throws {ApiError} for every answer that is no success; a session that ended goes to the sign-in page.
 */
export async function call<K extends RouteKey>(
  key: K,
  ...[given]: object extends Given<K> ? [Given<K>?] : [Given<K>]
): Promise<AnswerOf<K>> {
  const { params = {}, query = {}, body, headers = {} } = (given ?? {}) as Parts;
  const [method = "", template = ""] = key.split(" ");
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  const path = template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const response = await send(method, search.size > 0 ? `${path}?${search}` : path, body, headers);
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as AnswerOf<K>;
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
  method: string,
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
