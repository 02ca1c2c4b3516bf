import { listPulls } from "../../../../../server/queries/objects.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const GET = handle("GET /api/sources/:id/pulls", ({ params, query }) => listPulls(params.id, query));
