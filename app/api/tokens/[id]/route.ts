import { revoke } from "../../../../server/commands/access/tokens.ts";
import { handle } from "../../../../server/web/handler.ts";

export const DELETE = handle("DELETE /api/tokens/:id", async ({ actor, params }) => ({
  token: await revoke(params.id, actor),
}));
