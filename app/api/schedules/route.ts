import { listSchedules } from "../../../server/queries/schedules.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/schedules", ({ query }) => listSchedules(query.source));
