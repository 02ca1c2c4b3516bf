import { getStats } from "../../../../server/queries/stats.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/stats", ({ query }) => getStats(query, new Date()));
