import { getObjectHistory } from "../../../../../server/queries/objects.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const GET = handle("GET /api/objects/:id/history", ({ params, query }) =>
  getObjectHistory(params.id, query),
);
