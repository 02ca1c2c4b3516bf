import { openApiDocument } from "../../../lib/protocol/openapi.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/openapi.json", async () => openApiDocument());
