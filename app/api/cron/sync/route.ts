import { periodicSync } from "../../../../server/commands/periodic-sync.ts";
import { handle } from "../../../../server/web/handler.ts";

export const dynamic = "force-dynamic";

export const GET = handle("GET /api/cron/sync", ({ query, actor }) => periodicSync(query.source, { actor }));
export const POST = handle("POST /api/cron/sync", ({ query, actor }) =>
  periodicSync(query.source, { actor }),
);
