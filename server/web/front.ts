import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { LockstepError } from "../../lib/errors.ts";
import { logger } from "../log.ts";
import { processMetrics } from "../queries/metrics-registry.ts";
import { noteClientAddress } from "./client-address.ts";
import { setCorsHeaders } from "./cors.ts";
import { type MatchedRoute, matchRoute } from "./match-route.ts";
import { isExpectedHost } from "./origin.ts";
import { problemAnswer } from "./problem-answer.ts";
import { setPagePolicy, setSecurityHeaders } from "./security-headers.ts";

/** Takes a request on; resolves when it has been answered. Null: still preparing. */
export type Behind = () => ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;

/**
 * What stands before Next: checks that hold for every path, headers that every answer carries, and
 * answers in the API's own form where Next would answer in HTML or not at all.
 */
export function front(behind: Behind, options: { dev: boolean; onError(error: unknown): void }): RequestListener {
  return (request, response) => {
    noteClientAddress(request);
    const pathname = pathOf(request);
    const route = pathname.startsWith("/api/") || pathname === "/api" ? matchRoute(pathname) : undefined;
    measure(request, response, route === undefined ? "page" : (route?.path ?? "unknown"));
    setSecurityHeaders(response);
    const problem = refuse(request, route);
    if (problem) return sendProblem(response, problem);
    if (route) {
      setCorsHeaders(request, response, route.methods);
      response.setHeader("Allow", route.methods.join(", "));
      if (request.method === "OPTIONS") return void response.writeHead(204).end();
      if (!route.methods.includes(request.method ?? "")) return sendProblem(response, wrongMethod(request, route));
      response.removeHeader("Allow");
    } else if (!pathname.startsWith("/_next/static/")) {
      setPagePolicy(request, response, options.dev);
    }
    const next = behind();
    if (!next) return answerWhilePreparing(response, pathname);
    next(request, response).catch((error: unknown) => {
      options.onError(error);
      if (response.headersSent) response.destroy();
      else sendProblem(response, new LockstepError("internal", "something went wrong here; the log tells more"));
    });
  };
}

/** The path as the client sent it, without the query; never throws. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

function refuse(request: IncomingMessage, route: MatchedRoute | null | undefined): LockstepError | null {
  if (!isExpectedHost(request.headers.host)) return unexpectedHost();
  if (!isDecodable(pathOf(request))) return new LockstepError("invalid_request", "the path holds a % that is no escape");
  return route === null ? new LockstepError("not_found", "there is no such route; see /api/openapi.json") : null;
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

export function unexpectedHost(): LockstepError {
  return new LockstepError(
    "forbidden",
    "this server listens on a loopback address only and does not answer to this name; " +
      "open it as localhost, or list the name's origin in CORS_ORIGINS",
  );
}

function wrongMethod(request: IncomingMessage, route: MatchedRoute): LockstepError {
  const methods = route.methods.join(", ");
  return new LockstepError("method_not_allowed", `${request.method ?? "this method"} is not possible here, only ${methods}`);
}

export function sendProblem(response: ServerResponse, error: LockstepError): void {
  const { status, headers, body } = problemAnswer(error);
  response.writeHead(status, headers).end(body);
}

/** Alive but not ready: a probe learns it, a browser comes back by itself. */
function answerWhilePreparing(response: ServerResponse, pathname: string): void {
  if (pathname === "/api/health") {
    response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" }).end('{"status":"ok"}');
  } else if (pathname.startsWith("/api/")) {
    sendProblem(response, new LockstepError("unavailable", "the server is starting; try again in a moment"));
  } else {
    response.writeHead(503, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", Refresh: "1", "Retry-After": "1" });
    response.end("Lockstep is starting. This page opens by itself.\n");
  }
}

function measure(request: IncomingMessage, response: ServerResponse, route: string): void {
  const log = logger("http");
  const stop = processMetrics().httpSeconds.startTimer();
  response.once("close", () => {
    const method = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(request.method ?? "") ? (request.method ?? "") : "other";
    const seconds = stop({ method, route, status: String(response.statusCode) });
    // The path without its query: the sign-in link holds a token there.
    log.debug({ method, path: pathOf(request), status: response.statusCode, ms: Math.round(seconds * 1000) }, "answered");
  });
}
