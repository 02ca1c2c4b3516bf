import type { IncomingMessage, ServerResponse } from "node:http";
import { isCorsOrigin } from "./origin.ts";

/** Lets pages of the origins in CORS_ORIGINS read the API's answers. */
export function setCorsHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  methods: readonly string[],
): void {
  response.appendHeader("Vary", "Origin");
  const { origin } = request.headers;
  if (origin === undefined || !isCorsOrigin(origin)) return;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Access-Control-Expose-Headers", "ETag, Location, Retry-After");
  response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
  if (request.method !== "OPTIONS") return;
  response.setHeader("Access-Control-Allow-Methods", methods.join(", "));
  response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match");
  response.setHeader("Access-Control-Max-Age", "600");
}
