import type { IncomingHttpHeaders } from "node:http";
import { LockstepError } from "../../../lib/errors.ts";
import { authorize, type Identity, tokenIdentity } from "../authorize.ts";
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

export function requireExpectedHost(headers: IncomingHttpHeaders): void {
  if (!isExpectedHost(headers.host)) throw unexpectedHost();
}
