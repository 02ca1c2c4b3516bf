import { defaultKeyHasher } from "@better-auth/api-key";
import { env } from "../../config/env.ts";
import { type Actor, type Role, ROLES } from "../../lib/protocol/actor.ts";
import { logger } from "../log.ts";
import { findValidToken, touchToken } from "../store/access/tokens.ts";
import { pool } from "../store/pool.ts";
import { auth } from "./auth.ts";
import { sessionCookie, TOKEN_PREFIX } from "./names.ts";

/**
 * What an identity rests on and can be revoked: a session or token. Secrets of the environment cannot be
 * revoked.
 */
export interface Grant {
  kind: "session" | "token";
  id: string;
  /** The role at the time of the request. */
  role: Role;
  expires: Date | null;
}

interface Granted {
  actor: Actor;
  grant: Grant;
}

/**
 * The user that the session cookie signs in. It is looked up for each request, so that a revoked session is
 * refused at once.
 */
export async function sessionGrant(cookies: string | undefined): Promise<Granted | null> {
  if (cookies?.includes(`${sessionCookie(env().PUBLIC_URL)}=`) !== true) return null;
  const found = await auth().api.getSession({ headers: new Headers({ cookie: cookies }) });
  if (!found || found.user.banned) return null;
  const role = ROLES.find((each) => each === found.user.role);
  if (!role) return null;
  return {
    actor: { name: `user:${found.user.email}`, role, kind: "user", id: found.user.id },
    grant: { kind: "session", id: found.session.id, role, expires: found.session.expiresAt },
  };
}

/**
 * The user of an API token. The row is read here, because the library would write it with every request and
 * delete it when it has expired. The row is found by the secret's hash, so that timing does not tell how
 * close a guess was.
 */
export async function tokenGrant(secret: string): Promise<Granted | null> {
  if (!secret.startsWith(TOKEN_PREFIX)) return null;
  const token = await findValidToken(pool(), await defaultKeyHasher(secret));
  if (!token) return null;
  void touchToken(pool(), token.id).catch((error: unknown) =>
    logger("access").warn({ err: error }, "the last use of a token was not recorded"),
  );
  return {
    actor: { name: `token:${token.name}`, role: token.role, kind: "token", id: token.id },
    grant: { kind: "token", id: token.id, role: token.role, expires: token.expires },
  };
}
