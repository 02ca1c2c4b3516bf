import { withdrawInvitation } from "../../../../server/commands/access/invitations.ts";
import { handle } from "../../../../server/web/handler.ts";
import { DONE } from "../../../../server/web/json-response.ts";

export const DELETE = handle("DELETE /api/invitations/:id", async ({ actor, params }) => {
  await withdrawInvitation(params.id, actor);
  return DONE;
});
