import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import { type Actor, mayActAs, type Role } from "../../lib/protocol/actor.ts";
import type { RouteSpec } from "../../lib/protocol/route-spec.ts";
import { notedAddress } from "./client-address.ts";
import { fromTrustedOrigin, type HeaderReader } from "./origin.ts";
import { sameSecret } from "./secrets.ts";
import { openSession, SESSION_COOKIE } from "./session.ts";

/** Who asks and how they showed it: a cookie travels without its owner's doing, a header never does. */
export interface Identity {
  actor: Actor;
  by: "bearer" | "cookie";
}

/** The one place that turns a request's credentials into an actor; null: none, or not good. */
export function identify(header: HeaderReader): Identity | null {
  const authorization = header("authorization");
  if (authorization !== undefined) {
    // Credentials that were given and are wrong are not made good by a cookie.
    const actor = tokenActor(bearerToken(authorization));
    return actor && { actor: { ...actor, ...notedAddress(header) }, by: "bearer" };
  }
  const actor = cookieActor(header("cookie"));
  return actor && { actor: { ...actor, ...notedAddress(header) }, by: "cookie" };
}

export function tokenActor(token: string | undefined): Actor | null {
  const wanted = env().API_TOKEN;
  if (token === undefined || wanted === undefined || !sameSecret(token, wanted)) return null;
  return { name: "token:API_TOKEN", role: "admin", kind: "token" };
}

/**
 * Who may call the route.
 * @throws {LockstepError} unauthorized, or forbidden for a foreign origin or too small a role.
 */
export function authorize(header: HeaderReader, requires: Exclude<RouteSpec["requires"], "open">): Identity {
  if (requires === "cron") {
    const actor = cronActor(bearerToken(header("authorization") ?? ""));
    if (actor) return { actor: { ...actor, ...notedAddress(header) }, by: "bearer" };
  }
  const identity = identify(header);
  if (!identity) {
    throw new LockstepError("unauthorized", "sign in, or send Authorization: Bearer with a valid token");
  }
  if (identity.by === "cookie" && !fromTrustedOrigin(header)) {
    throw new LockstepError("forbidden", "this request came from another site's page; list its origin in CORS_ORIGINS to allow it");
  }
  requireRole(identity.actor, requires === "cron" ? "editor" : requires);
  return identity;
}

export function requireRole(actor: Actor, role: Role, what = "this"): void {
  if (mayActAs(actor, role)) return;
  throw new LockstepError("forbidden", `${what} needs the role ${role}; ${actor.name} is ${actor.role}`);
}

function cronActor(token: string | undefined): Actor | null {
  const wanted = env().CRON_SECRET;
  if (token === undefined || wanted === undefined || !sameSecret(token, wanted)) return null;
  return { name: "token:CRON_SECRET", role: "editor", kind: "token" };
}

function bearerToken(authorization: string): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1];
}

function cookieActor(cookies: string | undefined): Actor | null {
  for (const part of cookies?.split(";") ?? []) {
    const at = part.indexOf("=");
    if (part.slice(0, at).trim() !== SESSION_COOKIE) continue;
    const actor = openSession(part.slice(at + 1).trim());
    if (actor) return actor;
  }
  return null;
}
