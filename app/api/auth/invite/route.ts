import { getLinkSubject } from "../../../../server/queries/access.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/auth/invite", ({ query }) => getLinkSubject("invitation", query.token));
