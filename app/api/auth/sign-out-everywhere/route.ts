import { endOwnSessions } from "../../../../server/commands/access/profile.ts";
import { handle, json } from "../../../../server/web/handler.ts";
import { ENDED_SESSION, withCookies } from "../../../../server/web/session-cookie.ts";

export const POST = handle("POST /api/auth/sign-out-everywhere", async ({ request, actor }) => {
  await endOwnSessions(actor);
  return withCookies(request, json({ status: "ok" }), [ENDED_SESSION]);
});
