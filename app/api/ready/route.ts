import { isReady } from "../../../server/queries/readiness.ts";
import { handle } from "../../../server/web/handler.ts";
import { json } from "../../../server/web/json-response.ts";

export const GET = handle("GET /api/ready", async () =>
  (await isReady()) ? { status: "ready" } : json({ status: "not ready" }, 503, { "Retry-After": "1" }),
);
