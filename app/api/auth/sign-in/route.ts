import { signIn } from "../../../../server/commands/access/sign-in.ts";
import { signedIn, visitor } from "../../../../server/web/access-answers.ts";
import { handle } from "../../../../server/web/handler.ts";

export const POST = handle("POST /api/auth/sign-in", async (call) =>
  signedIn(call.request, await signIn(call.body, visitor(call))),
);
