import { changeUser } from "../../../../server/commands/access/users.ts";
import { handle } from "../../../../server/web/handler.ts";

export const PATCH = handle("PATCH /api/users/:id", async ({ actor, params, body }) => ({
  user: await changeUser(params.id, body, actor),
}));
