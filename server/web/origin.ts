import { env } from "../../config/env.ts";

/** Header lookup that works for fetch's Request and for Node's messages alike; names in lower case. */
export type HeaderReader = (name: string) => string | undefined;

/**
 * Whether a request that a browser signed in by cookie may act: it comes from our own pages or from
 * an origin in CORS_ORIGINS. A client that says neither Origin nor Sec-Fetch-Site is no browser.
 */
export function fromTrustedOrigin(header: HeaderReader): boolean {
  const origin = header("origin");
  const site = header("sec-fetch-site");
  if (origin === "null") return site === "same-origin";
  if (origin !== undefined) return isTrustedOrigin(origin, header("host"));
  return site === undefined || site === "same-origin" || site === "none";
}

/** Hosts are compared, not schemes: a proxy may have taken TLS off. */
export function isTrustedOrigin(origin: string, host: string | undefined): boolean {
  if (isCorsOrigin(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

export function isCorsOrigin(origin: string): boolean {
  return env().CORS_ORIGINS.some((allowed) => new URL(allowed).origin === origin);
}

/**
 * Bound to a loopback address, only loopback names reach us: a page elsewhere whose name was made to
 * resolve to 127.0.0.1 (DNS rebinding) names itself in `Host` and is refused.
 */
export function isExpectedHost(host: string | undefined): boolean {
  if (!isLoopback(env().HOST)) return true;
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  if (isLoopback(new URL(`http://${host}`).hostname)) return true;
  return env().CORS_ORIGINS.some((allowed) => new URL(allowed).host === host.toLowerCase());
}

function isLoopback(name: string): boolean {
  const bare = name.replace(/^\[|\]$/g, "").toLowerCase();
  return bare === "localhost" || bare.endsWith(".localhost") || bare === "::1" || /^127(?:\.\d{1,3}){3}$/.test(bare);
}
