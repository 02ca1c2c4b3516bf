import type { ConflictPolicy, OlderFilePolicy } from "../source/settings.ts";
import { storedSettings } from "../source/stored.ts";
import type { Direction, Ownership, Strategy } from "../sync/types.ts";

/** A source's settings as its row keeps them: what its files say, and the edits made in the database. */
interface StoredSource {
  base: unknown;
  settings: unknown;
}

/** What a source's settings mean to a run. */
export interface RunSettings {
  strategy: Strategy;
  ownership: Ownership;
  /** Direction used by runs that do not set one. */
  direction: Direction;
  policy: ConflictPolicy;
  olderFile: OlderFilePolicy;
}

/**
 * @param strategy the process's own, used where neither the files nor an edit set one.
 * @throws ZodError when the stored settings cannot be read: guessing could overwrite a side.
 */
export function runSettings({ base, settings: overrides }: StoredSource, strategy: Strategy): RunSettings {
  const { settings, origins } = storedSettings(base, overrides);
  return {
    strategy: origins.strategy === "default" ? strategy : settings.strategy,
    ownership: settings.fields,
    direction: settings.direction,
    policy: settings.conflict_policy,
    olderFile: settings.older_file,
  };
}
