import { listRuns } from "../../../../server/queries/history.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/history", ({ query }) => listRuns(query));
