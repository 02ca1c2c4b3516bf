import { endSessionsOf } from "../../../../../server/commands/access/users.ts";
import { getSessionsOf } from "../../../../../server/queries/access.ts";
import { handle } from "../../../../../server/web/handler.ts";
import { DONE } from "../../../../../server/web/json-response.ts";

export const GET = handle("GET /api/users/:id/sessions", ({ params, grant }) =>
  getSessionsOf(params.id, grant?.id),
);

export const DELETE = handle("DELETE /api/users/:id/sessions", async ({ actor, params }) => {
  await endSessionsOf(params.id, actor);
  return DONE;
});
