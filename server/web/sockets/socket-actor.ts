import type { IncomingHttpHeaders } from "node:http";
import { LockstepError } from "../../../lib/errors.ts";
import type { Actor } from "../../../lib/protocol/actor.ts";
import { authorize, tokenActor } from "../authorize.ts";
import { isExpectedHost } from "../origin.ts";
import { unexpectedHost } from "../refuse-request.ts";

/**
 * Who opens a socket: the same rules as for a GET, and a token in the handshake for Socket.IO.
 * @throws {LockstepError} unauthorized or forbidden.
 */
export function socketActor(headers: IncomingHttpHeaders, handshakeToken?: unknown): Actor {
  requireExpectedHost(headers);
  if (typeof handshakeToken === "string" && handshakeToken !== "") {
    const actor = tokenActor(handshakeToken);
    if (actor) return actor;
    throw new LockstepError("unauthorized", "the token is not valid");
  }
  return authorize((name) => headers[name]?.toString(), "viewer").actor;
}

export function requireExpectedHost(headers: IncomingHttpHeaders): void {
  if (!isExpectedHost(headers.host)) throw unexpectedHost();
}
