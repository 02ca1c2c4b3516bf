import { getActivity } from "../../../../server/queries/activity.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/activity", ({ query }) => getActivity(query, new Date()));
