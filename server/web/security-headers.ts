import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Sets the headers of every answer. Pages get a content security policy too. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  // Browsers ignore this header over plain HTTP, so that it does no harm when a client made up the forwarded
  // protocol.
  if (request.headers["x-forwarded-proto"] === "https")
    response.setHeader("Strict-Transport-Security", "max-age=31536000");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  // Other sites get no address of Lockstep as Referer, because a sign-in link holds a token. `no-referrer` would
  // not work: forms would then send `Origin: null` to our own server too.
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

/**
 * Sets the policy of a page: only scripts with this answer's nonce run. Next reads the policy from the
 * request and puts the nonce on its own scripts. A client's own header of this name is replaced.
 */
export function setPagePolicy(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // The editor, the toasts and the dialogs' scroll lock add their own style elements to the page.
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
