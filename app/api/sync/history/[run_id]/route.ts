import { getRun } from "../../../../../server/queries/history.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/history/:run_id", ({ params, query }) =>
  getRun(params.run_id, query),
);
