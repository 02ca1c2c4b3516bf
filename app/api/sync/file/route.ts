import { readFileText } from "../../../../server/commands/file-requests.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/sync/file", ({ query, actor }) =>
  readFileText({ actor, source: query.source }),
);
