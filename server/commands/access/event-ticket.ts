import type { Role } from "../../../lib/protocol/actor.ts";
import { makeEventTicket, TICKET_SECONDS } from "../../access/event-tickets.ts";
import type { Grant } from "../../access/grant.ts";

/** Makes a ticket that opens one WebSocket, with the rights of the session or token that asks for it. */
export async function newEventTicket(
  role: Role,
  grant: Grant | undefined,
): Promise<{ ticket: string; expires_in: number }> {
  return { ticket: await makeEventTicket(role, grant), expires_in: TICKET_SECONDS };
}
