import { settingsToWire, type SourceSettings } from "../../lib/source/settings.ts";
import type { Queryable } from "./pool.ts";

/** Workers look again at what the sources' settings say. */
export const SOURCES_CHANNEL = "lockstep_sources";

export interface StoredSettings {
  id: string;
  base: unknown;
  settings: Record<string, unknown>;
  removed: boolean;
}

/** Every source's settings; whoever changes any of them next waits for this transaction, so that two changes cannot make a circle together. */
export async function lockSourceSettings(tx: Queryable): Promise<StoredSettings[]> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('lockstep:settings', 0))");
  return listSourceSettings(tx);
}

export async function listSourceSettings(db: Queryable): Promise<StoredSettings[]> {
  const { rows } = await db.query<StoredSettings>(
    "SELECT id, base, settings, removed_at IS NOT NULL AS removed FROM sources ORDER BY id",
  );
  return rows;
}

export async function saveOverrides(
  tx: Queryable,
  source: string,
  overrides: Partial<SourceSettings>,
): Promise<void> {
  // Whoever calls this writes the audit's entry, with what changed in words of settings.
  await tx.query("SELECT set_config('lockstep.audited', 'yes', true)");
  await tx.query("UPDATE sources SET settings = $2 WHERE id = $1", [
    source,
    JSON.stringify(settingsToWire(overrides)),
  ]);
  await tx.query(`SELECT pg_notify('${SOURCES_CHANNEL}', '')`);
}
