import { settingsToWire, type SourceSettings } from "../../lib/source/settings.ts";
import { lockRow } from "./lock-rows.ts";
import type { Queryable } from "./pool.ts";

/** A notification that makes workers read the sources' settings again. */
export const SOURCES_CHANNEL = "lockstep_sources";

export interface StoredSettings {
  id: string;
  base: unknown;
  settings: Record<string, unknown>;
  removed: boolean;
  /** Whether it holds objects, which are pulled. */
  collection: boolean;
}

/**
 * Reads every source's settings and locks them until the transaction ends, so that two changes cannot create
 * a cycle together.
 */
export async function lockSourceSettings(tx: Queryable): Promise<StoredSettings[]> {
  await lockRow(tx, "settings");
  return listSourceSettings(tx);
}

export async function listSourceSettings(db: Queryable): Promise<StoredSettings[]> {
  const { rows } = await db.query<StoredSettings>(
    `SELECT id, base, settings, removed_at IS NOT NULL AS removed, object_type IS NOT NULL AS collection
       FROM sources ORDER BY id`,
  );
  return rows;
}

export async function saveOverrides(
  tx: Queryable,
  source: string,
  overrides: Partial<SourceSettings>,
): Promise<void> {
  // The caller writes the audit's entry, with names of settings.
  await tx.query("SELECT set_config('lockstep.audited', 'yes', true)");
  await tx.query("UPDATE sources SET settings = $2 WHERE id = $1", [
    source,
    JSON.stringify(settingsToWire(overrides)),
  ]);
  await tx.query(`SELECT pg_notify('${SOURCES_CHANNEL}', '')`);
}
