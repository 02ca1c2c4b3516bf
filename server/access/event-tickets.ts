import type { Role } from "../../lib/protocol/actor.ts";
import { insertTicket, takeTicket } from "../store/access/event-tickets.ts";
import { validGrants } from "../store/access/grants.ts";
import { pool } from "../store/pool.ts";
import type { Grant } from "./grant.ts";
import { linkTokenHash, newLinkToken } from "./one-time-token.ts";

/** How long a ticket can be used. */
export const TICKET_SECONDS = 30;

/** Makes a ticket that opens one WebSocket, with the rights of what it was made with. */
export async function makeEventTicket(role: Role, grant: Grant | undefined): Promise<string> {
  const { token, tokenHash } = newLinkToken();
  await insertTicket(pool(), tokenHash, TICKET_SECONDS, {
    grant_kind: grant?.kind ?? null,
    grant_id: grant?.id ?? null,
    role,
    grant_expires: grant?.expires ?? null,
  });
  return token;
}

/**
 * Uses a ticket up.
 * @returns what it was made with, or null when it is not valid: used before, too old, or made with a session or token
 *   that is not valid any more.
 */
export async function useEventTicket(ticket: string): Promise<{ grant?: Grant } | null> {
  const found = await takeTicket(pool(), linkTokenHash(ticket));
  if (!found) return null;
  const { grant_kind: kind, grant_id: id, role, grant_expires: expires } = found;
  if (kind === null || id === null) return {};
  const [sessions, tokens] = kind === "session" ? [[id], []] : [[], [id]];
  const valid = await validGrants(pool(), sessions, tokens);
  return valid.has(`${kind}:${id}:${role}`) ? { grant: { kind, id, role, expires } } : null;
}
