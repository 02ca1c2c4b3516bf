import { dryRun } from "../../../../server/commands/request-run.ts";
import { handle } from "../../../../server/web/handler.ts";

export const POST = handle("POST /api/sync/dry-run", async ({ body, actor }) => ({
  plan: await dryRun(body, { actor }),
}));
