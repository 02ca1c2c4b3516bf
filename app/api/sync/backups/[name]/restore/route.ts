import { restoreBackup } from "../../../../../../server/commands/file-requests.ts";
import { handle } from "../../../../../../server/web/handler.ts";

export const POST = handle("POST /api/sync/backups/:name/restore", async ({ params, body, actor }) => ({
  run: await restoreBackup(params.name, body, { actor }),
}));
