import { withdrawInvitation } from "../../../../server/commands/access/invitations.ts";
import { handle } from "../../../../server/web/handler.ts";

export const DELETE = handle("DELETE /api/invitations/:id", async ({ actor, params }) => {
  await withdrawInvitation(params["id"] ?? "", actor);
  return { status: "ok" };
});
