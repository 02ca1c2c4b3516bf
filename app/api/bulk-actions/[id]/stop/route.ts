import { stopBulk } from "../../../../../server/commands/bulk/start-bulk.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const POST = handle("POST /api/bulk-actions/:id/stop", ({ params, actor }) =>
  stopBulk(params.id, { actor }),
);
