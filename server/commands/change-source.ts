import { LockstepError } from "../../lib/errors.ts";
import type { Json, JsonMap } from "../../lib/json.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { SourcePatch } from "../../lib/protocol/source.ts";
import { cycleInWords, findCycle } from "../../lib/source/graph.ts";
import {
  settingsToWire,
  type SettingName,
  type SourceSettings,
  withOverrides,
} from "../../lib/source/settings.ts";
import { storedBase, storedOverrides } from "../../lib/source/stored.ts";
import { addAudit } from "../store/audit.ts";
import { publish } from "../store/publish.ts";
import { pool } from "../store/pool.ts";
import { lockSourceSettings, saveOverrides, type StoredSettings } from "../store/source-settings.ts";
import { inTransaction } from "../store/transaction.ts";

/**
 * Changes settings of a source; null removes an edit.
 * @throws {LockstepError} not_found, invalid_request (an unknown parent), dependency_cycle (with the cycle)
 */
export async function changeSource(
  id: string | undefined,
  patch: SourcePatch,
  { actor }: { actor: Actor },
): Promise<void> {
  await inTransaction(pool(), async (tx) => {
    const all = await lockSourceSettings(tx);
    const source = all.find((each) => each.id === id);
    if (!source) throw new LockstepError("not_found", `there is no source ${JSON.stringify(id)}`);
    const before = readOverrides(source);
    const after = patched(before, patch);
    checkParents(source.id, after, all);
    const changed = changes(source, before, after);
    if (changed === null) return;
    await saveOverrides(tx, source.id, after);
    await addAudit(tx, actor, {
      action: "source_settings_changed",
      subject: "setting",
      subject_id: source.id,
      source: source.id,
      ...changed,
    });
    await publish(tx, [{ event: "sync_sources_changed", source: source.id }]);
  });
}

/** Settings that SQL made unreadable are replaced by this change. */
function readOverrides({ settings }: StoredSettings): Partial<SourceSettings> {
  try {
    return storedOverrides(settings);
  } catch {
    return {};
  }
}

function patched(before: Partial<SourceSettings>, patch: SourcePatch): Partial<SourceSettings> {
  const after: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete after[name];
    else if (value !== undefined) after[name] = value;
  }
  return after as Partial<SourceSettings>;
}

function checkParents(id: string, overrides: Partial<SourceSettings>, all: readonly StoredSettings[]): void {
  const known = new Set(all.map((each) => each.id));
  const unknown = overrides.depends_on?.filter((parent) => !known.has(parent)) ?? [];
  if (unknown.length > 0) {
    const message = `names ${unknown.join(", ")}, which is no source`;
    throw new LockstepError("invalid_request", `depends_on ${message}`, {
      errors: [{ field: "depends_on", message }],
    });
  }
  const nodes = all
    .filter((each) => !each.removed || each.id === id)
    // Sorted so that a cycle is reported from the changed source on.
    .sort((a, b) => Number(b.id === id) - Number(a.id === id))
    .map((each) => ({
      id: each.id,
      ...withOverrides(storedBase(each.base), each.id === id ? overrides : readOverrides(each)).settings,
    }));
  const cycle = findCycle(nodes);
  if (!cycle?.includes(id)) return;
  const message = cycleInWords(cycle);
  throw new LockstepError("dependency_cycle", message, {
    path: cycle,
    errors: [{ field: "depends_on", message }],
  });
}

/** The edited settings before and after; null when nothing changed. */
function changes(
  { base }: StoredSettings,
  before: Partial<SourceSettings>,
  after: Partial<SourceSettings>,
): { before: JsonMap; after: JsonMap } | null {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as SettingName[];
  const edited = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (edited.length === 0) return null;
  const effective = (overrides: Partial<SourceSettings>): JsonMap => {
    const settings = settingsToWire(withOverrides(storedBase(base), overrides).settings);
    return Object.fromEntries(edited.map((name) => [name, settings[name] as Json]));
  };
  return { before: effective(before), after: effective(after) };
}
