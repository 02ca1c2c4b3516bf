import { getUsers } from "../../../server/queries/access.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/users", () => getUsers());
