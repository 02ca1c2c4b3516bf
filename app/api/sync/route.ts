import { requestRun } from "../../../server/commands/request-run.ts";
import { handle } from "../../../server/web/handler.ts";

export const POST = handle("POST /api/sync", async ({ body, actor }) => ({
  run: await requestRun(body, { actor, trigger: "manual" }),
}));
