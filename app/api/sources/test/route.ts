import { testSource } from "../../../../server/commands/test-source.ts";
import { handle } from "../../../../server/web/handler.ts";

export const POST = handle("POST /api/sources/test", async ({ body, actor }) => ({
  sample: await testSource(body, { actor }),
}));
