import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import { type Actor, mayActAs, type Role } from "../../lib/protocol/actor.ts";
import type { RouteSpec } from "../../lib/protocol/route-spec.ts";
import type { Grant } from "../access/grant.ts";
import { sessionGrant, tokenGrant } from "../access/grants.ts";
import { notedAddress } from "./client-address.ts";
import { fromTrustedOrigin, type HeaderReader } from "./origin.ts";
import { sameSecret } from "./secrets.ts";

/** The actor of a request, and its kind of credentials. A browser sends a cookie by itself, but never a header. */
export interface Identity {
  actor: Actor;
  by: "bearer" | "cookie";
  grant?: Grant;
}

/**
 * The only function that turns a request's credentials into an actor; null when there are none or they are
 * not valid.
 */
export async function identify(header: HeaderReader): Promise<Identity | null> {
  const authorization = header("authorization");
  const identity =
    authorization === undefined
      ? await cookieIdentity(header)
      : // A wrong token is refused even when the request also has a valid cookie.
        await tokenIdentity(bearerToken(authorization));
  return identity && { ...identity, actor: { ...identity.actor, ...notedAddress(header) } };
}

export async function tokenIdentity(token: string | undefined): Promise<Identity | null> {
  if (token === undefined) return null;
  const wanted = env().API_TOKEN;
  if (wanted !== undefined && sameSecret(token, wanted)) {
    return { actor: { name: "token:API_TOKEN", role: "admin", kind: "token" }, by: "bearer" };
  }
  const found = await tokenGrant(token);
  return found && { ...found, by: "bearer" };
}

/**
 * Checks who may call the route.
 * @throws {LockstepError} unauthorized, or forbidden for a foreign origin or too low a role.
 */
export async function authorize(
  header: HeaderReader,
  requires: Exclude<RouteSpec["requires"], "open">,
): Promise<Identity> {
  if (requires === "cron") {
    const actor = cronActor(bearerToken(header("authorization") ?? ""));
    if (actor) return { actor: { ...actor, ...notedAddress(header) }, by: "bearer" };
  }
  const identity = await identify(header);
  if (!identity) {
    throw new LockstepError("unauthorized", "sign in, or send Authorization: Bearer with a valid token");
  }
  if (identity.by === "cookie") requireTrustedOrigin(header);
  requireRole(identity.actor, requires === "cron" ? "editor" : requires);
  return identity;
}

/** Whether the credentials are right, for whatever they may do. */
export async function hasRightCredentials(header: HeaderReader): Promise<boolean> {
  return cronActor(bearerToken(header("authorization") ?? "")) !== null || (await identify(header)) !== null;
}

/** @throws {LockstepError} forbidden for a request from another site's page. */
export function requireTrustedOrigin(header: HeaderReader): void {
  if (fromTrustedOrigin(header)) return;
  throw new LockstepError(
    "forbidden",
    "this request came from another site's page; list its origin in CORS_ORIGINS to allow it",
  );
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

async function cookieIdentity(header: HeaderReader): Promise<Identity | null> {
  const found = await sessionGrant(header("cookie"));
  return found && { ...found, by: "cookie" };
}
