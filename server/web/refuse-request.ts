import type { IncomingMessage } from "node:http";
import { LockstepError } from "../../lib/errors.ts";
import type { MatchedRoute } from "./match-route.ts";
import { isExpectedHost } from "./origin.ts";

const PAGE_METHODS = ["GET", "HEAD", "POST"];

/** The path as the client sent it, without the query. It never throws. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

/**
 * Checks a request before it is routed; null when it is fine. `route` is null for an API path that is not in
 * the table.
 */
export function refuseRequest(
  request: IncomingMessage,
  route: Pick<MatchedRoute, "methods"> | null | undefined,
): LockstepError | null {
  if (!isExpectedHost(request.headers.host)) return unexpectedHost();
  if (!isSoundPath(pathOf(request))) {
    return new LockstepError(
      "invalid_request",
      "the path is malformed: it must start with one /, without backslashes, control characters or " +
        "invalid % escapes",
    );
  }
  if (route === null) return new LockstepError("not_found", "there is no such route; see /api/openapi.json");
  if (route === undefined && !PAGE_METHODS.includes(request.method ?? ""))
    return wrongMethod(request, PAGE_METHODS);
  return null;
}

function isSoundPath(pathname: string): boolean {
  if (!/^\/(?![/\\])/.test(pathname) || pathname.includes("\\")) return false;
  try {
    return !/[\0-\x1f\x7f]/.test(decodeURIComponent(pathname));
  } catch {
    return false;
  }
}

export function unexpectedHost(): LockstepError {
  return new LockstepError(
    "forbidden",
    "this server does not answer to this name; open it as localhost, or list the name in ALLOWED_HOSTS " +
      "(or its origin in CORS_ORIGINS)",
  );
}

export function wrongMethod(request: IncomingMessage, methods: readonly string[]): LockstepError {
  return new LockstepError(
    "method_not_allowed",
    `${request.method ?? "this method"} is not possible here, only ${methods.join(", ")}`,
  );
}
