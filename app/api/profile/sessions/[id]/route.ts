import { endOwnSession } from "../../../../../server/commands/access/profile.ts";
import { handle } from "../../../../../server/web/handler.ts";
import { DONE } from "../../../../../server/web/json-response.ts";

export const DELETE = handle("DELETE /api/profile/sessions/:id", async ({ actor, params }) => {
  await endOwnSession(actor, params.id, "session_ended");
  return DONE;
});
