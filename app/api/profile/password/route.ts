import { changePassword } from "../../../../server/commands/access/profile.ts";
import { handle, json } from "../../../../server/web/handler.ts";
import { withCookies } from "../../../../server/web/session-cookie.ts";

export const POST = handle("POST /api/profile/password", async ({ request, actor, body }) =>
  withCookies(request, json({ status: "ok" }), await changePassword(actor, body, request.headers)),
);
