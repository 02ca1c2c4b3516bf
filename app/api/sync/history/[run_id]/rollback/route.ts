import { rollbackRun } from "../../../../../../server/commands/rollback-run.ts";
import { pathUuid } from "../../../../../../server/queries/uuid.ts";
import { handle } from "../../../../../../server/web/handler.ts";

export const POST = handle("POST /api/sync/history/:run_id/rollback", async ({ params, body, actor }) => ({
  run: await rollbackRun(pathUuid(params.run_id, "run"), body, { actor }),
}));
