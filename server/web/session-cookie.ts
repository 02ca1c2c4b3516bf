import { SESSION_COOKIE } from "../access/names.ts";

/**
 * The answer with these cookies. They are HttpOnly, and Lax, not Strict: a link to a page from a chat
 * or mail must arrive signed in. What Lax leaves open (nothing but navigations by GET) changes nothing
 * here, and writes check their origin besides. `Secure` where the browser came by TLS.
 */
export function withCookies(request: Request, response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) {
    response.headers.append(
      "Set-Cookie",
      isSecure(request) && !/; *secure/i.test(cookie) ? `${cookie}; Secure` : cookie,
    );
  }
  return response;
}

export const ENDED_SESSION = `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;

export function isSecure(request: Request): boolean {
  return request.headers.get("x-forwarded-proto") === "https" || new URL(request.url).protocol === "https:";
}
