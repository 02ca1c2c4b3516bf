import { resolveConflict } from "../../../../../../server/commands/resolve-conflict.ts";
import { pathUuid } from "../../../../../../server/queries/uuid.ts";
import { handle } from "../../../../../../server/web/handler.ts";

export const POST = handle("POST /api/sync/conflicts/:id/resolve", ({ params, body, actor }) =>
  resolveConflict(pathUuid(params.id, "conflict"), body, { actor }),
);
