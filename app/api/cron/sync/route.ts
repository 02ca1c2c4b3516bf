import { env } from "../../../../config/env.ts";
import type { Actor } from "../../../../lib/protocol/actor.ts";
import { requestRun } from "../../../../server/commands/request-run.ts";
import { handle } from "../../../../server/web/handler.ts";

export const dynamic = "force-dynamic";

async function periodicSync(call: { actor: Actor; query: { source?: string } }) {
  if (!env().AUTO_SYNC_ENABLED) return { skipped: true, reason: "AUTO_SYNC_ENABLED is false" };
  return { run: await requestRun(call.query, { actor: call.actor, trigger: "cron" }) };
}

export const GET = handle("GET /api/cron/sync", periodicSync);
export const POST = handle("POST /api/cron/sync", periodicSync);
