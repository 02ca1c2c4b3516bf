import { putBack } from "../../../../server/commands/put-back.ts";
import { handle } from "../../../../server/web/handler.ts";

export const POST = handle("POST /api/sync/put-back", async ({ body, actor }) => ({
  run: await putBack(body, { actor }),
}));
