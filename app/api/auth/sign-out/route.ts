import { endOwnSession } from "../../../../server/commands/access/profile.ts";
import { handle } from "../../../../server/web/handler.ts";
import { DONE, json } from "../../../../server/web/json-response.ts";
import { endedSession, withCookies } from "../../../../server/web/session-cookie.ts";

export const POST = handle("POST /api/auth/sign-out", async ({ request, actor, grant }) => {
  await endOwnSession(actor, grant?.id ?? "", "signed_out");
  return withCookies(request, json(DONE), [endedSession()]);
});
