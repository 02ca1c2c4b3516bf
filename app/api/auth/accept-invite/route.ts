import { acceptInvitation } from "../../../../server/commands/access/invitations.ts";
import { signedIn, visitor } from "../../../../server/web/access-answers.ts";
import { handle } from "../../../../server/web/handler.ts";

export const POST = handle("POST /api/auth/accept-invite", async (call) =>
  signedIn(call.request, await acceptInvitation(call.body, visitor(call)), 201),
);
