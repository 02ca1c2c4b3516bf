import { ownId } from "../../../../server/commands/access/profile.ts";
import { getSessionsOf } from "../../../../server/queries/access.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/profile/sessions", async ({ actor, grant }) =>
  getSessionsOf(ownId(actor), grant?.id),
);
