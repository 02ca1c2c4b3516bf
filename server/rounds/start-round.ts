import type pg from "pg";
import type { RunRequest } from "../../lib/run/request.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import { type Cascade, planRound, type RoundNode } from "../../lib/source/round.ts";
import { type BasedSettings, type SourceSettings, withOverrides } from "../../lib/source/settings.ts";
import { storedBase, storedOverrides, storedSettings } from "../../lib/source/stored.ts";
import { insertRound } from "../store/rounds.ts";
import { listSourceSettings, type StoredSettings } from "../store/source-settings.ts";
import { advanceIn } from "./advance-round.ts";

export interface WantedRound {
  wanted: Iterable<string>;
  cascade: Cascade;
  trigger: Trigger;
  requested_by: string;
  requested_from?: string | undefined;
  /** Requests of single sources that need more than a plain sync. */
  options?: ReadonlyMap<string, RunRequest>;
}

/**
 * Plans a round and starts the members that wait for no parent, all in the caller's transaction.
 * @returns the round's id
 */
export async function startRound(
  tx: pg.PoolClient,
  { wanted, cascade, options = new Map(), ...asked }: WantedRound,
): Promise<string> {
  const nodes = roundNodes(await listSourceSettings(tx));
  const id = await insertRound(tx, { ...asked, members: planRound(wanted, nodes, cascade), options });
  await advanceIn(tx, id);
  return id;
}

/** What rounds need to know of every source in use. */
export function roundNodes(all: readonly StoredSettings[]): RoundNode[] {
  return all
    .filter(({ removed }) => !removed)
    .map((source) => ({ id: source.id, ...nodeSettings(readSettings(source)) }));
}

function nodeSettings({
  depends_on,
  priority,
  cascade_sync,
  is_sync_enabled,
}: SourceSettings): Omit<RoundNode, "id"> {
  return { depends_on, priority, cascade_sync, off: is_sync_enabled ? null : SWITCHED_OFF };
}

export const SWITCHED_OFF = "is_sync_enabled is false";

/** Unreadable settings fail the source's own run; the round uses the settings from its files. */
export function readSettings({ base, settings }: Pick<StoredSettings, "base" | "settings">): SourceSettings {
  try {
    return storedSettings(base, settings).settings;
  } catch {
    return storedBase(base).settings;
  }
}

/** Does the same with the files' settings as they were read just now. */
export function editedSettings(base: BasedSettings, overrides: unknown): SourceSettings {
  try {
    return withOverrides(base, storedOverrides(overrides)).settings;
  } catch {
    return base.settings;
  }
}
