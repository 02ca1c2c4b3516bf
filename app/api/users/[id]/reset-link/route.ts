import { newResetLink } from "../../../../../server/commands/access/reset-password.ts";
import { linkTo } from "../../../../../server/web/access-answers.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const POST = handle("POST /api/users/:id/reset-link", async ({ request, actor, params }) => {
  const { token, expiresAt } = await newResetLink(params.id, actor);
  return { link: linkTo(request, "reset", token), expires_at: expiresAt };
});
