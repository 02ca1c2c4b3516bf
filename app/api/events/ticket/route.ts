import { makeEventTicket, TICKET_SECONDS } from "../../../../server/access/event-tickets.ts";
import { handle } from "../../../../server/web/handler.ts";

export const POST = handle("POST /api/events/ticket", async ({ actor, grant }) => ({
  ticket: await makeEventTicket(actor.role, grant),
  expires_in: TICKET_SECONDS,
}));
