import { defaultKeyHasher } from "@better-auth/api-key";
import { env } from "../../config/env.ts";
import { ROLES } from "../../lib/protocol/actor.ts";
import { logger } from "../log.ts";
import { findValidToken, touchToken } from "../store/access/tokens.ts";
import { pool } from "../store/pool.ts";
import { auth } from "./auth.ts";
import type { Granted } from "./grant.ts";
import { knownGrants } from "./known-grants.ts";
import { sessionCookie, TOKEN_PREFIX } from "./names.ts";

/** The user that the session cookie signs in. A session that was ended is refused at once (known-grants.ts). */
export async function sessionGrant(cookies: string | undefined): Promise<Granted | null> {
  const name = `${sessionCookie(env().PUBLIC_URL)}=`;
  const cookie = cookies?.split(/; */).find((each) => each.startsWith(name));
  return cookie === undefined ? null : knownGrants.of(cookie, () => lookUpSession(cookie));
}

async function lookUpSession(cookies: string): Promise<Granted | null> {
  const found = await auth().api.getSession({ headers: new Headers({ cookie: cookies }) });
  if (!found || found.user.banned) return null;
  const role = ROLES.find((each) => each === found.user.role);
  if (!role) return null;
  return {
    actor: { name: `user:${found.user.email}`, role, kind: "user", id: found.user.id },
    grant: { kind: "session", id: found.session.id, role, expires: found.session.expiresAt },
  };
}

/** The user of an API token. A token that was revoked is refused at once (known-grants.ts). */
export async function tokenGrant(secret: string): Promise<Granted | null> {
  return secret.startsWith(TOKEN_PREFIX) ? knownGrants.of(secret, () => lookUpToken(secret)) : null;
}

/**
 * Reads the token's row here, because the library would write it with every request and delete it when it has expired. The
 * row is found by the secret's hash, so that timing does not tell how close a guess was.
 */
async function lookUpToken(secret: string): Promise<Granted | null> {
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
