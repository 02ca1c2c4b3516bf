import { createToken } from "../../../server/commands/access/tokens.ts";
import { getTokens } from "../../../server/queries/access.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/tokens", () => getTokens());

export const POST = handle("POST /api/tokens", ({ actor, body }) => createToken(body, actor));
