import { LockstepError } from "../../lib/errors.ts";
import type {
  InvitationJson,
  ProfileJson,
  SessionJson,
  TokenJson,
  UserJson,
} from "../../lib/protocol/access.ts";
import type { Actor, Role } from "../../lib/protocol/actor.ts";
import { linkTokenHash } from "../access/one-time-token.ts";
import { findOpenLink, type LinkKind, listInvitations } from "../store/access/links.ts";
import { listSessions } from "../store/access/sessions.ts";
import { listTokens } from "../store/access/tokens.ts";
import { findUser, hasAdmin, listUsers } from "../store/access/users.ts";
import { pool } from "../store/pool.ts";

export async function getUsers(): Promise<{ users: UserJson[] }> {
  return { users: await listUsers(pool()) };
}

/**
 * The open sessions of a user.
 * @throws {LockstepError} not_found.
 */
export async function getSessionsOf(userId: string, current?: string): Promise<{ sessions: SessionJson[] }> {
  if (!(await findUser(pool(), userId))) throw new LockstepError("not_found", "there is no such user");
  return { sessions: await listSessions(pool(), userId, current) };
}

export async function getInvitations(): Promise<{ invitations: InvitationJson[] }> {
  return { invitations: await listInvitations(pool()) };
}

export async function getTokens(): Promise<{ tokens: TokenJson[] }> {
  return { tokens: await listTokens(pool()) };
}

export async function getProfile(actor: Actor): Promise<{ profile: ProfileJson }> {
  const user = actor.kind === "user" && actor.id !== undefined ? await findUser(pool(), actor.id) : null;
  return {
    profile: {
      actor: actor.name,
      kind: user ? "user" : "token",
      id: actor.id ?? null,
      email: user?.email ?? null,
      name: user?.name ?? actor.name.replace(/^token:/, ""),
      role: actor.role,
    },
  };
}

/** The address that a one-time link is for; null when the link is not valid any more. */
export async function linkSubject(
  kind: LinkKind,
  token: string,
): Promise<{ email: string; role: Role } | null> {
  const link = await findOpenLink(pool(), kind, linkTokenHash(token));
  return link && { email: link.email ?? "", role: link.role ?? "admin" };
}

/**
 * The address that a one-time link is for.
 * @throws {LockstepError} link_gone.
 */
export async function getLinkSubject(kind: LinkKind, token: string): Promise<{ email: string; role: Role }> {
  const subject = await linkSubject(kind, token);
  if (!subject)
    throw new LockstepError("link_gone", "this link was used, withdrawn or has expired; ask for a new one");
  return subject;
}

/** Whether there is an admin. If not, the link in the terminal creates the first one. */
export async function isSetUp(): Promise<boolean> {
  return hasAdmin(pool());
}
