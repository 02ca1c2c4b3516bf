import { getRound } from "../../../../../server/queries/rounds.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/rounds/:id", async ({ params }) => ({
  round: await getRound(params.id),
}));
