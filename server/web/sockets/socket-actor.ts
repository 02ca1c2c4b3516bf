import type { IncomingHttpHeaders } from "node:http";
import { LockstepError } from "../../../lib/errors.ts";
import { useEventTicket } from "../../access/event-tickets.ts";
import { authorize, type Identity, requireTrustedOrigin, tokenIdentity } from "../authorize.ts";
import { isExpectedHost } from "../origin.ts";
import { unexpectedHost } from "../refuse-request.ts";

/**
 * The identity of the client that opens a socket. The rules are those of a GET; Socket.IO may also send a token in
 * the handshake.
 * @throws {LockstepError} unauthorized or forbidden.
 */
export async function socketIdentity(
  headers: IncomingHttpHeaders,
  handshakeToken?: unknown,
): Promise<Identity> {
  requireExpectedHost(headers);
  if (typeof handshakeToken === "string" && handshakeToken !== "") {
    const identity = await tokenIdentity(handshakeToken);
    if (identity) return identity;
    throw new LockstepError("unauthorized", "the token is not valid");
  }
  return authorize((name) => headers[name]?.toString(), "viewer");
}

/**
 * What the ticket of `/ws/sync?ticket=` was made with. A page of another origin cannot send a header with a WebSocket, so
 * its ticket stands for its credentials, and its origin must be ours or one of CORS_ORIGINS.
 * @throws {LockstepError} unauthorized or forbidden.
 */
export async function ticketGrant(
  headers: IncomingHttpHeaders,
  ticket: string,
): Promise<Pick<Identity, "grant">> {
  requireExpectedHost(headers);
  requireTrustedOrigin((name) => headers[name]?.toString());
  const found = await useEventTicket(ticket);
  if (found) return found;
  throw new LockstepError(
    "unauthorized",
    "the ticket is not valid: each one opens one socket, within 30 seconds",
  );
}

export function requireExpectedHost(headers: IncomingHttpHeaders): void {
  if (!isExpectedHost(headers.host)) throw unexpectedHost();
}
