import { endOwnSession } from "../../../../server/commands/access/profile.ts";
import { handle, json } from "../../../../server/web/handler.ts";
import { ENDED_SESSION, withCookies } from "../../../../server/web/session-cookie.ts";

export const POST = handle("POST /api/auth/sign-out", async ({ request, actor, grant }) => {
  await endOwnSession(actor, grant?.id ?? "", "signed_out");
  return withCookies(request, json({ status: "ok" }), [ENDED_SESSION]);
});
