import { startBulk } from "../../../server/commands/bulk/start-bulk.ts";
import { listBulkActions } from "../../../server/queries/bulk-actions.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/bulk-actions", ({ query }) => listBulkActions(query.limit));

export const POST = handle("POST /api/bulk-actions", ({ body, actor }) => startBulk(body, { actor }));
