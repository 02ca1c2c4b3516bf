import { env } from "../../config/env.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { OpenedSession, Visitor } from "../commands/access/sign-in.ts";
import { json } from "./json-response.ts";
import { isSecure, withCookies } from "./session-cookie.ts";

/** The browser that calls an open route. */
export function visitor({ request, actor }: { request: Request; actor: Actor }): Visitor {
  const userAgent = request.headers.get("user-agent");
  return {
    ...(actor.from === undefined ? {} : { from: actor.from }),
    ...(userAgent === null ? {} : { userAgent: userAgent.slice(0, 300) }),
  };
}

/** The answer to signing in: the user, and the session's cookie. */
export function signedIn(request: Request, { user, cookies }: OpenedSession, status = 200) {
  return withCookies(request, json({ user }, status), cookies);
}

/** A link to one of our pages, under the host name that the admin's request used. */
export function linkTo(request: Request, page: "invite" | "reset" | "setup", token: string): string {
  const base =
    env().PUBLIC_URL ??
    `${isSecure(request) ? "https" : "http"}://${request.headers.get("host") ?? new URL(request.url).host}`;
  return `${base.replace(/\/$/, "")}/${page}?token=${encodeURIComponent(token)}`;
}
