import { decideOlderFile } from "../../../../../server/commands/decide-older-file.ts";
import { handle } from "../../../../../server/web/handler.ts";

export const POST = handle("POST /api/sources/:id/older-file", ({ params, body, actor }) =>
  decideOlderFile(params.id, body, { actor }),
);
