import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What every answer says. Pages get a content security policy besides. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  // Over plain HTTP browsers ignore it, so it does no harm if a client made the header up.
  if (request.headers["x-forwarded-proto"] === "https")
    response.setHeader("Strict-Transport-Security", "max-age=31536000");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  // No address of ours leaves in a Referer: the sign-in link holds a token. (Not `no-referrer`: forms
  // would then say `Origin: null` to our own server too.)
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

/**
 * Only scripts that carry this answer's nonce run. Next reads the policy from the request and puts
 * the nonce on its own scripts; what a client sent under that name is overwritten.
 */
export function setPagePolicy(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // The editor, the toasts and the dialogs' scroll lock put style elements of their own on the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  delete request.headers["content-security-policy-report-only"];
  request.headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
}
