import { changeSource } from "../../../../server/commands/change-source.ts";
import { getSource } from "../../../../server/queries/sources.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/sources/:id", async ({ params }) => ({
  source: await getSource(params.id),
}));

export const PATCH = handle("PATCH /api/sources/:id", async ({ params, body, actor }) => {
  await changeSource(params.id, body, { actor });
  return { source: await getSource(params.id) };
});
