import type { SourceJson, SourcePatchInput } from "../../lib/protocol/source.ts";
import { SETTING_NAMES } from "../../lib/source/settings.ts";

/** The source as it will be with these settings: what is taken back falls to what the file or the product says. */
export function withPatch(source: SourceJson, patch: SourcePatchInput): SourceJson {
  const settings: Record<string, unknown> = { ...source.settings };
  const origins = { ...source.origins };
  for (const name of SETTING_NAMES) {
    const value = patch[name];
    if (value === undefined) continue;
    settings[name] = value ?? source.inherited[name];
    // Which of the file's two places it came from is known to the server.
    origins[name] = value === null ? "file" : "database";
  }
  return { ...source, settings: settings as SourceJson["settings"], origins };
}
