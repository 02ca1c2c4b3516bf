import { listConflicts } from "../../../../server/queries/list-conflicts.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/conflicts", ({ query }) => listConflicts(query));
