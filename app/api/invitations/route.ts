import { invite } from "../../../server/commands/access/invitations.ts";
import { getInvitations } from "../../../server/queries/access.ts";
import { linkTo } from "../../../server/web/access-answers.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/invitations", () => getInvitations());

export const POST = handle("POST /api/invitations", async ({ request, actor, body }) => {
  const { invitation, token } = await invite(body, actor);
  return { invitation, link: linkTo(request, "invite", token) };
});
