import { allAudit } from "../../../server/queries/audit.ts";
import { auditCsv } from "../../../server/web/audit-csv.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/audit.csv", async ({ query, actor }) => auditCsv(allAudit(query, actor)));
