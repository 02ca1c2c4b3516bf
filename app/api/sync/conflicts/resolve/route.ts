import { resolveConflicts } from "../../../../../server/commands/resolve-conflict.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const POST = handle("POST /api/sync/conflicts/resolve", ({ body, actor }) =>
  resolveConflicts(body, { actor }),
);
