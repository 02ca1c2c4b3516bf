import { isAPIError } from "better-auth/api";
import { LockstepError } from "../../../lib/errors.ts";
import type { UserJson } from "../../../lib/protocol/access.ts";
import { auth } from "../../access/auth.ts";
import { ADDRESS_HEADER } from "../../access/names.ts";
import { attempt } from "../../access/throttle.ts";
import { findUserByEmail } from "../../store/access/users.ts";
import { noteSignIn } from "../../store/access/sessions.ts";
import { addAudit } from "../../store/audit.ts";
import { pool } from "../../store/pool.ts";
import { inTransaction } from "../../store/transaction.ts";

/** The browser that signs in. */
export interface Visitor {
  from?: string;
  userAgent?: string;
}

export interface OpenedSession {
  user: UserJson;
  /** `Set-Cookie` headers. */
  cookies: string[];
}

/**
 * Opens a session for the right password. An unknown address and a wrong password give the same answer after
 * the same time.
 * @throws {LockstepError} unauthorized, forbidden (disabled), too_many_requests.
 */
export async function signIn(
  { email, password }: { email: string; password: string },
  visitor: Visitor,
): Promise<OpenedSession> {
  const counted = await attempt(visitor.from, email).catch((error: unknown) =>
    refuseTooMany(error, email, visitor),
  );
  try {
    const opened = await openSession(email, password, visitor);
    await counted.succeeded();
    return opened;
  } catch (error) {
    if (error instanceof LockstepError && error.code !== "unavailable") {
      const actor = { name: "anonymous", ...from(visitor) };
      await addAudit(pool(), actor, {
        action: "sign_in_failed",
        subject: "user",
        detail: { email, reason: error.code },
      });
    }
    throw error;
  }
}

/** Opens a session for a user who has just set this password, or checks the password first. */
export async function openSession(email: string, password: string, visitor: Visitor): Promise<OpenedSession> {
  const headers = new Headers({
    [ADDRESS_HEADER]: visitor.from ?? "",
    "user-agent": visitor.userAgent ?? "",
  });
  const opened = await auth()
    .api.signInEmail({ body: { email, password }, headers, returnHeaders: true })
    .catch((error: unknown) => {
      throw refusal(error);
    });
  const user = await inTransaction(pool(), async (tx) => {
    await noteSignIn(tx, opened.response.token, visitor.from);
    await addAudit(
      tx,
      { name: `user:${email}`, ...from(visitor) },
      { action: "signed_in", subject: "user", subject_id: opened.response.user.id },
    );
    return findUserByEmail(tx, email);
  });
  if (!user) throw new LockstepError("unauthorized", WRONG);
  return { user, cookies: opened.headers.getSetCookie() };
}

const WRONG = "wrong email address or password";

function refusal(error: unknown): unknown {
  if (!isAPIError(error)) return error;
  if (error.status === "FORBIDDEN")
    return new LockstepError("forbidden", "this account is disabled; ask an admin");
  if (error.status === "UNAUTHORIZED" || error.status === "BAD_REQUEST")
    return new LockstepError("unauthorized", WRONG);
  return error;
}

/** The first attempt beyond the limit gets an audit entry; the attempts after it do not. */
async function refuseTooMany(error: unknown, email: string, visitor: Visitor): Promise<never> {
  if (error instanceof LockstepError && error.details["first"] === true) {
    await addAudit(
      pool(),
      { name: "anonymous", ...from(visitor) },
      { action: "sign_in_throttled", subject: "user", detail: { email } },
    );
  }
  throw error;
}

export function from({ from: address }: Visitor): { from?: string } {
  return address === undefined ? {} : { from: address };
}
