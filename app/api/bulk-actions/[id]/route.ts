import { getBulkAction } from "../../../../server/queries/bulk-actions.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/bulk-actions/:id", async ({ params }) => ({
  bulk_action: await getBulkAction(params.id),
}));
