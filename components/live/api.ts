import type { ErrorCode } from "../../lib/errors.ts";
import type { HttpProblem } from "../../lib/protocol/problem.ts";
import { type GivenArgument, type RouteRequest, routeRequest } from "../../lib/protocol/route-request.ts";
import type { AnswerOf } from "../../lib/protocol/route-types.ts";
import type { RouteKey } from "../../lib/protocol/routes.ts";
import { isStillSignedIn, noteChange } from "./signed-in.ts";

/** An answer that is not a success. `offline` says that there was no answer at all. */
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

/**
 * Calls a route of the API, by its key in the route table.
 * @throws {ApiError} for every answer that is no success; a session that ended goes to the sign-in page.
 */
export async function call<K extends RouteKey>(key: K, ...given: GivenArgument<K>): Promise<AnswerOf<K>> {
  const request = routeRequest(key, given);
  let response = await send(request);
  const refused = response.status === 401 && !request.path.startsWith("/api/auth/");
  // Only reading is repeated, because the user may not want any more what was refused.
  if (refused && (await isStillSignedIn()) && request.method === "GET") response = await send(request);
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as AnswerOf<K>;
  const problem = answer as HttpProblem | null;
  const message = problem?.detail ?? `the server answered ${response.status}`;
  throw new ApiError(problem?.code ?? "unexpected", response.status, sentence(message), problem);
}

async function send({ method, path, body, headers }: RouteRequest): Promise<Response> {
  const json: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
  const answer = fetch(path, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (method !== "GET") noteChange(answer);
  try {
    return await answer;
  } catch {
    throw new ApiError("offline", 0, "The server cannot be reached just now.");
  }
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
