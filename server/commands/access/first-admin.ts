import type { UserJson } from "../../../lib/protocol/access.ts";
import { LockstepError } from "../../../lib/errors.ts";
import { linkTokenHash, newLinkToken } from "../../access/one-time-token.ts";
import { hashPassword } from "../../access/password.ts";
import { attempt } from "../../access/throttle.ts";
import { dropLinks, insertLink, takeLink } from "../../store/access/links.ts";
import { findUserByEmail, hasAdmin, insertUser, lockUsers } from "../../store/access/users.ts";
import { addAudit } from "../../store/audit.ts";
import { pool, type Queryable } from "../../store/pool.ts";
import { inTransaction } from "../../store/transaction.ts";
import { from, type OpenedSession, openSession, type Visitor } from "./sign-in.ts";

const SETUP_HOURS = 1;

/** Creates a one-time link's token for the first admin; null when there is an admin. */
export async function newSetupToken(): Promise<string | null> {
  if (await hasAdmin(pool())) return null;
  const { token, tokenHash } = newLinkToken();
  await insertLink(pool(), { kind: "setup", tokenHash, hours: SETUP_HOURS, createdBy: "start" });
  return token;
}

/**
 * Creates the first admin from ADMIN_EMAIL and ADMIN_PASSWORD when there is none. An existing user is never
 * changed, so that the environment does not undo a password that its owner has set since.
 */
export async function createAdminOfEnvironment(
  email: string,
  password: string,
): Promise<"created" | "there" | "taken"> {
  if (await hasAdmin(pool())) return "there";
  const passwordHash = await hashPassword(password);
  return inTransaction(pool(), async (tx) => {
    await lockUsers(tx);
    if (await hasAdmin(tx)) return "there";
    const user = await insertFirstAdmin(
      tx,
      { email: email.toLowerCase(), passwordHash },
      { name: "environment" },
    );
    return user ? "created" : "taken";
  });
}

/**
 * Creates the first admin through the link in the terminal. The link works once: when several requests use it
 * together, only one of them finds no admin.
 * @throws {LockstepError} link_gone, user_exists, too_many_requests.
 */
export async function setUp(
  {
    token,
    email,
    name,
    password,
  }: { token: string; email: string; name?: string | undefined; password: string },
  visitor: Visitor,
): Promise<OpenedSession> {
  const counted = await attempt(visitor.from, undefined);
  const passwordHash = await hashPassword(password);
  await inTransaction(pool(), async (tx) => {
    await lockUsers(tx);
    const link = (await hasAdmin(tx)) ? null : await takeLink(tx, "setup", linkTokenHash(token));
    if (!link)
      throw new LockstepError(
        "link_gone",
        "this link was used or has expired; restart the server for a new one",
      );
    const user = await insertFirstAdmin(
      tx,
      { email, name, passwordHash },
      { name: `user:${email}`, ...from(visitor) },
    );
    if (!user) throw new LockstepError("user_exists", `${email} is a user already`);
  });
  await counted.succeeded();
  return openSession(email, password, visitor);
}

async function insertFirstAdmin(
  tx: Queryable,
  { email, name, passwordHash }: { email: string; name?: string | undefined; passwordHash: string },
  actor: { name: string; from?: string },
): Promise<UserJson | null> {
  if (await findUserByEmail(tx, email)) return null;
  const user = await insertUser(tx, { email, name: name ?? nameOf(email), role: "admin", passwordHash });
  if (!user) return null;
  await dropLinks(tx, "setup");
  await addAudit(tx, actor, {
    action: "user_created",
    subject: "user",
    subject_id: user.id,
    after: { email, role: user.role, name: user.name },
  });
  return user;
}

/** A first name for a user: `ada.lovelace@example.com` becomes `ada.lovelace`. */
export function nameOf(email: string): string {
  return email.split("@")[0] ?? email;
}
