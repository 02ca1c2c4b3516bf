import { changePassword } from "../../../../server/commands/access/profile.ts";
import { handle } from "../../../../server/web/handler.ts";
import { DONE, json } from "../../../../server/web/json-response.ts";
import { withCookies } from "../../../../server/web/session-cookie.ts";

export const POST = handle("POST /api/profile/password", async ({ request, actor, body }) =>
  withCookies(request, json(DONE), await changePassword(actor, body, request.headers)),
);
