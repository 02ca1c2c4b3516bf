import type { SourceJson, SourcePatchInput } from "../../lib/protocol/source.ts";
import { SETTING_NAMES } from "../../lib/source/settings.ts";

/** The source with a patch applied; null in the patch restores the value from the file or the default. */
export function withPatch(source: SourceJson, patch: SourcePatchInput): SourceJson {
  const settings: Record<string, unknown> = { ...source.settings };
  const origins = { ...source.origins };
  for (const name of SETTING_NAMES) {
    const value = patch[name];
    if (value === undefined) continue;
    settings[name] = value ?? source.inherited[name];
    // Only the server knows which of the file's two places has the value.
    origins[name] = value === null ? "file" : "database";
  }
  return { ...source, settings: settings as SourceJson["settings"], origins };
}
