import { undoBulk } from "../../../../../server/commands/bulk/undo-bulk.ts";
import { previewBulkUndo } from "../../../../../server/queries/bulk-actions.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const GET = handle("GET /api/bulk-actions/:id/undo", ({ params }) => previewBulkUndo(params.id));

export const POST = handle("POST /api/bulk-actions/:id/undo", ({ params, actor }) =>
  undoBulk(params.id, { actor }),
);
