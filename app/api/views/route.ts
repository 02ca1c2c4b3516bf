import { getViews, saveView } from "../../../server/commands/saved-views.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/views", ({ actor }) => getViews(actor));

export const POST = handle("POST /api/views", ({ body, actor }) => saveView(body, actor));
