import { defaultKeyHasher } from "@better-auth/api-key";
import { type Actor, type Role, ROLES } from "../../lib/protocol/actor.ts";
import { logger } from "../log.ts";
import { findGoodToken, touchToken } from "../store/access/tokens.ts";
import { pool } from "../store/pool.ts";
import { auth } from "./auth.ts";
import { SESSION_COOKIE, TOKEN_PREFIX } from "./names.ts";

/** What stands behind an identity and can be taken back; the secrets of the environment cannot. */
export interface Grant {
  kind: "session" | "token";
  id: string;
  /** As it was then. */
  role: Role;
  expires: Date | null;
}

interface Granted {
  actor: Actor;
  grant: Grant;
}

/** Who the session cookie signs in; looked up each time, so that what was revoked is refused at once. */
export async function sessionGrant(cookies: string | undefined): Promise<Granted | null> {
  if (cookies?.includes(`${SESSION_COOKIE}=`) !== true) return null;
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
 * Who an API token stands for. The row is read here instead of by the library, which would write it
 * with every request and delete it when it has expired. The secret is found by its hash, so how long
 * that takes tells nothing of how near a guess was.
 */
export async function tokenGrant(secret: string): Promise<Granted | null> {
  if (!secret.startsWith(TOKEN_PREFIX)) return null;
  const token = await findGoodToken(pool(), await defaultKeyHasher(secret));
  if (!token) return null;
  void touchToken(pool(), token.id).catch((error: unknown) =>
    logger("access").warn({ err: error }, "last use of a token was not noted"),
  );
  return {
    actor: { name: `token:${token.name}`, role: token.role, kind: "token", id: token.id },
    grant: { kind: "token", id: token.id, role: token.role, expires: token.expires },
  };
}
