import { z } from "zod";
import { sideToWire } from "../protocol/wire.ts";
import {
  layered,
  ORIGINS,
  type BasedSettings,
  presetSettings,
  settingsSchema,
  settingsToWire,
  type SourceSettings,
  withOverrides,
} from "./settings.ts";

const baseSchema = z.object({ settings: settingsSchema, origins: z.record(z.string(), z.enum(ORIGINS)) });
const overridesSchema = settingsSchema.partial();

/** The settings of a row that no worker of this version has registered yet. */
const UNREGISTERED = layered(presetSettings({ intervalMinutes: 5, strategy: "three-way" }), []);

/** Parsed settings by their text, because the same few settings are read for every source, every minute. */
const known = new Map<string, BasedSettings>();
const MOST_KNOWN = 5_000;

/**
 * Reads a source's settings from the database: what a worker read in its files, and the edits made here.
 * @throws ZodError when the database holds an unreadable value, which only SQL by hand can store. Guessing it
 * could overwrite a side.
 */
export function storedSettings(base: unknown, overrides: unknown): BasedSettings {
  const text = JSON.stringify([base, overrides]);
  const before = known.get(text);
  if (before) return before;
  const read = withOverrides(storedBase(base), storedOverrides(overrides));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, read);
  return read;
}

export function storedBase(base: unknown): BasedSettings {
  const read = baseSchema.safeParse(base);
  return read.success ? (read.data as BasedSettings) : UNREGISTERED;
}

/** What a worker read in its files, as the database keeps it; `storedBase` reads it back. */
export function baseToStore({ settings, origins }: BasedSettings): object {
  return { settings: settingsToWire(settings), origins };
}

/** @throws ZodError as `storedSettings` */
export function storedOverrides(overrides: unknown): Partial<SourceSettings> {
  const { fields, ...rest } = z
    .object({ fields: z.record(z.string(), z.unknown()).optional() })
    .loose()
    .parse(overrides ?? {});
  // Rows of an older version call the side `file`.
  const owners =
    fields &&
    Object.fromEntries(
      Object.entries(fields).map(([field, side]) => [field, side === "file" ? sideToWire(side) : side]),
    );
  const read = overridesSchema.parse({ ...rest, ...(owners ? { fields: owners } : {}) });
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
