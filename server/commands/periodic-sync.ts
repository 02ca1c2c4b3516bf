import { env } from "../../config/env.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import { roundNodes } from "../rounds/start-round.ts";
import { pool } from "../store/pool.ts";
import { saveSkips } from "../store/source-health.ts";
import { listSourceSettings } from "../store/source-settings.ts";
import { type Forced, forceSync } from "./force-sync.ts";
import { sourcesFor } from "./source-for.ts";

/**
 * Starts the scheduled runs of all sources, or says why there are none.
 * @throws {LockstepError} as `forceSync`
 */
export async function periodicSync(
  source: string | undefined,
  { actor }: { actor: Actor },
): Promise<Forced | { skipped: true; reason: string }> {
  const sources = await sourcesFor(source);
  const reason = await reasonToSkip(sources);
  if (reason === null)
    return forceSync({ ...(source === undefined ? {} : { source }) }, { actor, trigger: "cron", wait: true });
  await saveSkips(pool(), sources, { at: new Date().toISOString(), trigger: "cron", reason });
  return { skipped: true, reason };
}

async function reasonToSkip(sources: readonly string[]): Promise<string | null> {
  if (!env().AUTO_SYNC_ENABLED) return "AUTO_SYNC_ENABLED is false";
  const nodes = roundNodes(await listSourceSettings(pool())).filter(({ id }) => sources.includes(id));
  const off = nodes.length > 0 && nodes.every((node) => node.off !== null);
  return off ? (nodes[0]?.off ?? null) : null;
}
