import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/health", async () => ({ status: "ok" }));
