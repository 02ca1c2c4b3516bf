import { resetPassword } from "../../../../server/commands/access/reset-password.ts";
import { getLinkSubject } from "../../../../server/queries/access.ts";
import { signedIn, visitor } from "../../../../server/web/access-answers.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/auth/reset", ({ query }) => getLinkSubject("reset", query.token));

export const POST = handle("POST /api/auth/reset", async (call) =>
  signedIn(call.request, await resetPassword(call.body, visitor(call))),
);
