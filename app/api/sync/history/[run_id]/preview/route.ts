import { previewRollback } from "../../../../../../server/commands/rollback-run.ts";
import { pathUuid } from "../../../../../../server/queries/uuid.ts";
import { handle } from "../../../../../../server/web/handler.ts";

export const POST = handle("POST /api/sync/history/:run_id/preview", async ({ params, actor }) => ({
  plan: await previewRollback(pathUuid(params.run_id, "run"), { actor }),
}));
