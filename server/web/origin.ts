import { isIP } from "node:net";
import { hostname } from "node:os";
import { env } from "../../config/env.ts";

/** Looks up a header of fetch's Request or of a Node message. Names are in lower case. */
export type HeaderReader = (name: string) => string | undefined;

/**
 * Whether a request with a cookie comes from our own pages or from an origin in CORS_ORIGINS. A client that
 * sends neither Origin nor Sec-Fetch-Site is not a browser.
 */
export function fromTrustedOrigin(header: HeaderReader): boolean {
  const origin = header("origin");
  const site = header("sec-fetch-site");
  if (origin === "null") return site === "same-origin";
  if (origin !== undefined) return isTrustedOrigin(origin, header("host"));
  return site === undefined || site === "same-origin" || site === "none";
}

/** Hosts are compared without the scheme, because a proxy may have removed TLS. */
function isTrustedOrigin(origin: string, host: string | undefined): boolean {
  if (isCorsOrigin(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

export function isCorsOrigin(origin: string): boolean {
  return env().CORS_ORIGINS.some((allowed) => new URL(allowed).origin === origin);
}

/**
 * Whether this server answers to the name in `Host`. With DNS rebinding, another site's page uses a name that
 * resolves to our address. Such a name cannot be `localhost`, an address or this machine's name, so these are
 * always accepted, the last two when the server listens on more than loopback. Every other name must be in
 * ALLOWED_HOSTS or be an origin of CORS_ORIGINS.
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
