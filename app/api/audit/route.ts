import { listAudit } from "../../../server/queries/audit.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/audit", ({ query, actor }) => listAudit(query, actor));
