import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { LockstepError } from "../../lib/errors.ts";
import { PATH_HEADER } from "../access/names.ts";
import { logger } from "../log.ts";
import { processMetrics } from "../queries/metrics-registry.ts";
import type { AnswerApi } from "./answer-api.ts";
import { capBody } from "./cap-body.ts";
import { noteClientAddress } from "./client-address.ts";
import { setCorsHeaders } from "./cors.ts";
import { matchRoute } from "./match-route.ts";
import { dropNextHeaders } from "./next-headers.ts";
import { problemAnswer } from "./problem-answer.ts";
import { type RateLimit, showsCredentials } from "./rate-limit.ts";
import { BODY_LIMIT_BYTES, bodyTooLarge } from "./read-body.ts";
import { pathOf, refuseRequest, wrongMethod } from "./refuse-request.ts";
import { setPagePolicy, setSecurityHeaders } from "./security-headers.ts";
import type { StaticFiles } from "./static-files.ts";

export const SOCKET_IO_PATH = "/socket.io";
const FILES_PATH = "/_next/static/";
const SOCKET_IO_ROUTE = { path: SOCKET_IO_PATH, methods: ["GET", "POST", "OPTIONS"] };
/** A little above the limit of the routes, so that a route can answer with its own error. */
const MOST_BYTES = BODY_LIMIT_BYTES + 64 * 1024;

/**
 * Returns what is behind the front. Its promises resolve when the request was answered. The result is null while the
 * server is starting.
 */
export type Behind = () => {
  /** Answers the routes of the API. */
  api: AnswerApi;
  /** Answers the files of a build; left out in development, where there is none. */
  files?: StaticFiles;
  /** Answers the pages, and files that `files` does not know. */
  pages(request: IncomingMessage, response: ServerResponse): Promise<void>;
} | null;

export interface FrontOptions {
  dev: boolean;
  onError(error: unknown): void;
  /** The limit on each client's requests; null for none. */
  limit?: RateLimit | null;
  /** Handles Socket.IO's polling requests. */
  socketIo?: RequestListener;
}

/** Probes come from a proxy or orchestrator, and other clients must not use up their limit. */
const PROBES = new Set(["/api/health", "/api/ready"]);

/**
 * The request handler before all others: it makes the checks and sets the headers of every path, chooses the API's route,
 * and answers in the API's own form when Next would answer in HTML or not at all.
 */
export function front(behind: Behind, options: FrontOptions): RequestListener {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    noteClientAddress(request);
    dropNextHeaders(request.headers);
    setSecurityHeaders(request, response);
    const pathname = pathOf(request);
    const tooMany = PROBES.has(pathname) ? null : await options.limit?.refuse(request);
    if (options.socketIo && pathname.startsWith(`${SOCKET_IO_PATH}/`)) {
      const problem = tooMany ?? refuseRequest(request, SOCKET_IO_ROUTE);
      if (problem) return sendProblem(response, problem);
      return options.socketIo(request, response);
    }
    const route = pathname.startsWith("/api/") || pathname === "/api" ? matchRoute(pathname) : undefined;
    measure(request, response, route === undefined ? "page" : (route?.path ?? "unknown"));
    response.once("finish", () => {
      if (response.statusCode === 401 && showsCredentials(request)) void options.limit?.noteRefused(request);
    });
    const problem = tooMany ?? refuseRequest(request, route);
    if (problem) return sendProblem(response, problem);
    if (route) {
      setCorsHeaders(request, response, route.methods);
      response.setHeader("Allow", route.methods.join(", "));
      if (request.method === "OPTIONS") return void response.writeHead(204).end();
      if (!route.methods.includes(request.method ?? ""))
        return sendProblem(response, wrongMethod(request, route.methods));
      response.removeHeader("Allow");
    } else if (!pathname.startsWith(FILES_PATH)) {
      request.headers[PATH_HEADER] = request.url ?? "/";
      setPagePolicy(request, response, options.dev);
    }
    const ready = behind();
    if (!ready) return answerWhilePreparing(response, pathname);
    if (
      pathname.startsWith(FILES_PATH) &&
      ready.files?.(request, response, pathname.slice(FILES_PATH.length))
    )
      return;
    let cut = false;
    capBody(request, MOST_BYTES, () => {
      cut = true;
      if (!response.headersSent) sendProblem(response, bodyTooLarge());
    });
    // A body that was cut off after our answer may make the handler fail; that does not matter.
    const answered = route ? ready.api(route, request, response) : ready.pages(request, response);
    await answered.catch((error: unknown) => {
      if (!cut) throw error;
    });
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.onError(error);
      if (response.headersSent) response.destroy();
      else
        sendProblem(
          response,
          new LockstepError("internal", "something went wrong on the server; its log has the details"),
        );
    });
  };
}

function sendProblem(response: ServerResponse, error: LockstepError): void {
  const { status, headers, body } = problemAnswer(error);
  response.writeHead(status, headers).end(body);
}

/** Answers while the server is starting. A probe gets 503, and a browser reloads the page by itself. */
function answerWhilePreparing(response: ServerResponse, pathname: string): void {
  if (pathname === "/api/health") {
    response
      .writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" })
      .end('{"status":"ok"}');
  } else if (pathname.startsWith("/api/")) {
    sendProblem(response, new LockstepError("unavailable", "the server is starting; try again in a moment"));
  } else {
    response.writeHead(503, {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-store",
      Refresh: "1",
      "Retry-After": "1",
    });
    response.end("Lockstep is starting. This page opens by itself.\n");
  }
}

function measure(request: IncomingMessage, response: ServerResponse, route: string): void {
  const log = logger("http");
  const stop = processMetrics().httpSeconds.startTimer();
  response.once("close", () => {
    const method = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(request.method ?? "")
      ? (request.method ?? "")
      : "other";
    const seconds = stop({ method, route, status: String(response.statusCode) });
    // Only the path is logged, because the query of a sign-in link holds a token.
    log.debug(
      { method, path: pathOf(request), status: response.statusCode, ms: Math.round(seconds * 1000) },
      "answered",
    );
  });
}
