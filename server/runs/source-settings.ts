import type { ConflictPolicy } from "../../lib/source/settings.ts";
import { storedSettings } from "../../lib/source/stored.ts";
import type { Direction, Ownership, Strategy } from "../../lib/sync/types.ts";
import type { SourceRow } from "../store/run-work.ts";

/** What a source's settings mean to a run. */
export interface RunSettings {
  strategy: Strategy;
  ownership: Ownership;
  /** Of runs that name none. */
  direction: Direction;
  policy: ConflictPolicy;
}

/**
 * @param strategy the process's own, where neither the files nor an edit name one.
 * @throws ZodError when somebody stored what cannot be read: guessing could overwrite a side.
 */
export function runSettings(
  { base, settings: overrides }: Pick<SourceRow, "base" | "settings">,
  strategy: Strategy,
): RunSettings {
  const { settings, origins } = storedSettings(base, overrides);
  return {
    strategy: origins.strategy === "default" ? strategy : settings.strategy,
    ownership: settings.fields,
    direction: settings.direction,
    policy: settings.conflict_policy,
  };
}
