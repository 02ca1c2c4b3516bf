import { listSources } from "../../../server/queries/sources.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/sources", () => listSources());
