import { getConflict } from "../../../../../server/queries/get-conflict.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/conflicts/:id", async ({ params }) => ({
  conflict: await getConflict(params.id),
}));
