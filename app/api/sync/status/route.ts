import { getStatus } from "../../../../server/queries/status.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/status", ({ query }) => getStatus(query.source));
