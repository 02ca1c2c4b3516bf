import { forceSync } from "../../../server/commands/force-sync.ts";
import { handle } from "../../../server/web/handler.ts";
import { syncResponse } from "../../../server/web/sync-response.ts";

export const POST = handle("POST /api/sync", async ({ body, query, actor }) =>
  syncResponse(await forceSync(body, { actor, trigger: "manual", wait: query.wait }), query.wait),
);
