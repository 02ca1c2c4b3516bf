import type { IncomingMessage, ServerResponse } from "node:http";
import compression from "compression";
import { NodeRequest } from "srvx/node";
import { LockstepError } from "../../lib/errors.ts";
import { apiModules } from "./api-handlers.ts";
import type { MatchedRoute } from "./match-route.ts";
import { sendAnswer } from "./send-answer.ts";

/** Answers a request to a route of the table. The promise resolves when the answer was sent. */
export type AnswerApi = (
  route: MatchedRoute,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/**
 * Answers the API by the route handlers under app/api. The server calls them itself, because the front has chosen the
 * route already: Next would choose it again, at several times the cost of the handler, and would load each handler with
 * its own copy of the server (docs/decisions/api-without-next.md).
 */
export function answerApi(modules = apiModules()): AnswerApi {
  const compress = compression();
  return async (route, request, response) => {
    const module = await modules.get(route.path)?.();
    const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
    const handler = module?.[method];
    if (!handler) throw new LockstepError("internal", `no handler for ${method} ${route.path}`);
    onlyCheckedHeaders(request);
    compress(request as never, response as never, () => undefined);
    const answer = await handler(new NodeRequest({ req: request, res: response }), {
      params: Promise.resolve(route.params),
    });
    await sendAnswer(response, answer);
  };
}

/**
 * Makes the raw headers those that the front has checked and completed. A handler may be given either, and a client must
 * not bring its own value of a header that only the front sets.
 */
function onlyCheckedHeaders(request: IncomingMessage): void {
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().flatMap((each) => [name, each]),
  );
}
