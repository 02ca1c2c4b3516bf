import { env } from "../../config/env.ts";
import { sessionCookie } from "../access/names.ts";

/**
 * Adds these cookies to the answer. They are HttpOnly, and Lax rather than Strict, because a link to a page
 * from a chat or mail must arrive signed in. Lax sends them only with navigations by GET, which change
 * nothing here, and writes also check their origin. They are `Secure` when the browser came by TLS, or when the public
 * address is https, and then they are bound to this very host by their name.
 */
export function withCookies<R extends Response>(
  request: Request,
  response: R,
  cookies: readonly string[],
): R {
  for (const cookie of cookies) {
    response.headers.append(
      "Set-Cookie",
      (isSecure(request) || cookie.startsWith("__Host-")) && !/; *secure/i.test(cookie)
        ? `${cookie}; Secure`
        : cookie,
    );
  }
  return response;
}

/** Takes the session's cookie out of the browser. */
export function endedSession(): string {
  return `${sessionCookie(env().PUBLIC_URL)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;
}

export function isSecure(request: Request): boolean {
  return request.headers.get("x-forwarded-proto") === "https" || new URL(request.url).protocol === "https:";
}
