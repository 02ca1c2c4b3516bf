const SESSION_COOKIE = "lockstep_session";

/**
 * The name of the session's cookie. Where people come by https, browsers keep a cookie with the prefix `__Host-` only as
 * this very host has set it over TLS, so that no other host of the domain can put one of its own in its place.
 */
export function sessionCookie(publicUrl: string | undefined): string {
  return publicUrl?.startsWith("https:") === true ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE;
}

/**
 * The header with the client's address, set by the front for the code after it. A client's own header of this
 * name is dropped.
 */
export const ADDRESS_HEADER = "x-lockstep-client";
/** Every API token begins with this, which secret scanners look for too. */
export const TOKEN_PREFIX = "lockstep_";
/** The header with the path of the requested page, for code that Next does not tell it. */
export const PATH_HEADER = "x-lockstep-path";
