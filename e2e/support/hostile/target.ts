import { methodAndPath, type RouteKey, ROUTES } from "../../../lib/protocol/routes.ts";
import type { RouteSpec } from "../../../lib/protocol/route-spec.ts";
import type { RawRequest } from "../raw-request.ts";

export interface Hostile extends RawRequest {
  what: string;
  /** True when the request may be harmless, so that a success is a right answer too. A 5xx never is. */
  mild?: boolean;
  /** True when the request is so broken that the server may close the connection without an answer. */
  mayClose?: boolean;
}

export type Random = () => number;
export interface Target {
  method: string;
  path: string;
  spec: RouteSpec;
}

export const CRLF = "\r\n";
export const bytes = (text: string) => Buffer.from(text, "utf8");

export function head(
  target: { method: string; path: string },
  token: string | null,
  more: string[] = [],
  host = "127.0.0.1",
): string {
  const credentials = token === null ? [] : [`Authorization: Bearer ${token}`];
  return [
    `${target.method} ${target.path} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: close",
    ...credentials,
    ...more,
    "",
    "",
  ].join(CRLF);
}

export function withBody(
  target: Target,
  token: string | null,
  body: Buffer,
  more: string[] = ["Content-Type: application/json"],
): RawRequest {
  return { head: head(target, token, [...more, `Content-Length: ${body.length}`]), body };
}

export function filled(key: RouteKey, name: string): Target {
  const { method, path } = methodAndPath(key);
  return { method, path: path.replace(/:\w+/g, name), spec: ROUTES[key] };
}
