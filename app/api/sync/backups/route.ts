import { listBackups } from "../../../../server/commands/file-requests.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/backups", async ({ query, actor }) => ({
  backups: await listBackups({ actor, source: query.source }),
}));
