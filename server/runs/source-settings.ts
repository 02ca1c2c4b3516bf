import { z } from "zod";
import { STRATEGIES, type Ownership, type Strategy } from "../../lib/sync/types.ts";

const settingsSchema = z.object({
  strategy: z.enum(STRATEGIES).optional(),
  /** Field -> the side that owns it. */
  fields: z.record(z.string(), z.enum(["file", "db", "yaml"])).optional(),
});

export interface SourceSettings {
  strategy: Strategy;
  ownership: Ownership;
}

/**
 * A source's settings as the database keeps them, with the process's defaults.
 * @throws ZodError when somebody stored what cannot be read: guessing could overwrite a side.
 */
export function sourceSettings(stored: unknown, strategy: Strategy): SourceSettings {
  const settings = settingsSchema.parse(stored);
  const ownership = Object.entries(settings.fields ?? {}).map(([field, side]) => [field, side === "db" ? "db" : "file"] as const);
  return { strategy: settings.strategy ?? strategy, ownership: Object.fromEntries(ownership) };
}
