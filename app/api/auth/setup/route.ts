import { setUp } from "../../../../server/commands/access/first-admin.ts";
import { signedIn, visitor } from "../../../../server/web/access-answers.ts";
import { handle } from "../../../../server/web/handler.ts";

export const POST = handle("POST /api/auth/setup", async (call) =>
  signedIn(call.request, await setUp(call.body, visitor(call)), 201),
);
