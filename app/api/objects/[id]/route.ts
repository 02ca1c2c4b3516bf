import { getObject } from "../../../../server/queries/objects.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/objects/:id", ({ params }) => getObject(params.id));
