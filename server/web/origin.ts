import { isIP } from "node:net";
import { hostname } from "node:os";
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
 * Whether we answer to this name. A page elsewhere whose name was made to resolve to our address (DNS
 * rebinding) names itself in `Host`. It cannot name itself `localhost`, an address or this machine,
 * so these are always good, the latter two where we listen on more than loopback; every other name
 * has to be listed, in ALLOWED_HOSTS or as an origin of CORS_ORIGINS.
 */
export function isExpectedHost(host: string | undefined): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(host ?? "")?.[1]?.toLowerCase();
  if (name === undefined) return false;
  if (isLoopback(name) || isListed(name)) return true;
  const { CORS_ORIGINS, PUBLIC_URL } = env();
  const origins = PUBLIC_URL === undefined ? CORS_ORIGINS : [...CORS_ORIGINS, PUBLIC_URL];
  if (origins.some((allowed) => new URL(allowed).host === host?.toLowerCase())) return true;
  return !isLoopback(env().HOST) && (isIP(bare(name)) !== 0 || name === hostname().toLowerCase());
}

function isListed(name: string): boolean {
  return env().ALLOWED_HOSTS.some(
    (allowed) =>
      allowed === "*" || allowed === name || (allowed.startsWith(".") && `.${name}`.endsWith(allowed)),
  );
}

function isLoopback(name: string): boolean {
  const plain = bare(name.toLowerCase());
  return (
    plain === "localhost" ||
    plain.endsWith(".localhost") ||
    plain === "::1" ||
    /^127(?:\.\d{1,3}){3}$/.test(plain)
  );
}

function bare(name: string): string {
  return name.replace(/^\[|\]$/g, "");
}
