import { newEventTicket } from "../../../../server/commands/access/event-ticket.ts";
import { handle } from "../../../../server/web/handler.ts";

export const POST = handle("POST /api/events/ticket", ({ actor, grant }) =>
  newEventTicket(actor.role, grant),
);
