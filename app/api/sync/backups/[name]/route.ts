import { readBackup } from "../../../../../server/commands/file-requests.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/backups/:name", ({ params, query, actor }) =>
  readBackup(params.name, { actor, source: query.source }),
);
