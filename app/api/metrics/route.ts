import { metricsText } from "../../../server/queries/metrics.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/metrics", async () => {
  const headers = { "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(await metricsText(), { headers });
});
