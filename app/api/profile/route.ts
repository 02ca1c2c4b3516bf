import { rename } from "../../../server/commands/access/profile.ts";
import { getProfile } from "../../../server/queries/access.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/profile", ({ actor }) => getProfile(actor));

export const PATCH = handle("PATCH /api/profile", async ({ actor, body }) => {
  await rename(actor, body.name);
  return getProfile(actor);
});
