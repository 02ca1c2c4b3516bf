import { z } from "zod";
import { env } from "../../config/env.ts";
import { type Actor, ROLES } from "../../lib/protocol/actor.ts";
import { systemClock } from "../clock.ts";
import { sameSecret, sign } from "./secrets.ts";

export const SESSION_COOKIE = "lockstep_session";
const LIFETIME_SECONDS = 30 * 24 * 3600;

const payloadSchema = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  /** Seconds since 1970. */
  expires: z.number(),
  /** Ties the session to the token that opened it: a new token ends the old sessions. */
  grant: z.string(),
});

/** The value of a session cookie: who, until when, and a signature over both. */
export function sealSession(actor: Actor, now: Date = systemClock.now()): string {
  const expires = Math.floor(now.getTime() / 1000) + LIFETIME_SECONDS;
  const payload = Buffer.from(JSON.stringify({ name: actor.name, role: actor.role, expires, grant: grant() })).toString("base64url");
  return `${payload}.${sign(key(), "session", payload)}`;
}

/** Who the cookie signs in; null when it is forged, expired, or its token was replaced. */
export function openSession(value: string, now: Date = systemClock.now()): Actor | null {
  const [payload = "", signature = ""] = value.split(".");
  if (env().AUTH_SECRET === undefined || !sameSecret(signature, sign(key(), "session", payload))) return null;
  const parsed = payloadSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  if (!parsed.success || parsed.data.expires * 1000 <= now.getTime()) return null;
  if (!sameSecret(parsed.data.grant, grant())) return null;
  return { name: parsed.data.name, role: parsed.data.role, kind: "user" };
}

/**
 * Lax, not Strict: a link to this page from a chat or mail must arrive signed in. What Lax leaves open
 * (nothing but navigations by GET) changes nothing here, and writes check their origin besides.
 */
export function sessionCookie(value: string, secure: boolean): string {
  return attributes(value, LIFETIME_SECONDS, secure);
}

export function endedSessionCookie(secure: boolean): string {
  return attributes("", 0, secure);
}

function attributes(value: string, maxAge: number, secure: boolean): string {
  return `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

function key(): string {
  const secret = env().AUTH_SECRET;
  if (secret === undefined) throw new Error("AUTH_SECRET is not set");
  return secret;
}

function grant(): string {
  return sign(key(), "grant", env().API_TOKEN ?? "");
}
