import { z } from "zod";
import {
  directionFromWire,
  directionToWire,
  ownershipFromWire,
  ownershipToWire,
  policyFromWire,
  policyToWire,
  WIRE_DIRECTIONS,
  WIRE_POLICIES,
  WIRE_SIDES,
} from "../protocol/wire.ts";
import { CHOICES, STRATEGIES } from "../sync/types.ts";

export const CONFLICT_POLICIES = ["ask", ...CHOICES] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

/** What happens when an earlier version of the file comes back. */
export const OLDER_FILE_POLICIES = ["ask", "accept"] as const;
export type OlderFilePolicy = (typeof OLDER_FILE_POLICIES)[number];

/** The id needs no quoting, neither in a URL's path nor as a folder's name. */
export const SOURCE_ID = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/**
 * PostgreSQL shows 63 characters of a connection's name, from which the labels that have a worker are read.
 */
const WORKER_LABEL = /^[a-z0-9][a-z0-9_-]{0,39}$/;
export const DEFAULT_LABEL = "default";

const sourceIdSchema = z
  .string("must be text")
  .regex(SOURCE_ID, "must be letters, digits, '.', '_' and '-', at most 128, not starting with '.' or '-'");

const flag = z.boolean("must be true or false");
const oneOf = <const T extends Readonly<Record<string, string>>>(words: T) =>
  z.enum(words, `must be one of ${Object.values(words).join(", ")}`);
const minutes = (name: string) =>
  z
    .number(`must be a number of minutes`)
    .min(1 / 60, `${name} must be at least one second`)
    .max(527_040, `${name} must be at most a year`);

/** Every setting of a source, as `sources.yml`, the API and the database spell it. */
export const wireSettingsSchema = z.strictObject({
  is_sync_enabled: flag.describe(
    "False: no runs by watch, schedule, cron or SQL. Runs that people ask for still happen",
  ),
  sync_interval_minutes: minutes("an interval").describe(
    "How often the schedule runs it; fractions are allowed",
  ),
  staleness_threshold_minutes: minutes("a threshold").describe(
    "Minutes without a successful run after which its data is stale; by default three intervals, and " +
      "at least 15",
  ),
  priority: z
    .int("must be a whole number")
    .min(-1_000, "must be at least -1000")
    .max(1_000, "must be at most 1000")
    .describe("Among sources that may start, the highest priority starts first"),
  depends_on: z
    .array(sourceIdSchema, "must be a list of sources")
    .max(100, "must name at most 100 sources")
    .refine((ids) => new Set(ids).size === ids.length, "names a source twice")
    .describe("Sources that have to succeed first when they are in the same round"),
  cascade_sync: flag.describe("After a run that changed something, its dependents run too"),
  direction: oneOf(WIRE_DIRECTIONS).describe("Direction used by runs that do not set one"),
  strategy: z.enum(STRATEGIES, `must be one of ${STRATEGIES.join(", ")}`),
  conflict_policy: oneOf(WIRE_POLICIES).describe(
    "What happens to a new conflict: ask a person, or resolve it at once with this choice",
  ),
  older_file: z
    .enum(OLDER_FILE_POLICIES, `must be one of ${OLDER_FILE_POLICIES.join(", ")}`)
    .describe(
      "When an earlier version of the file comes back: ask a person about the edits of the database that it " +
        "takes back, or accept it like an edit",
    ),
  fields: z
    .record(
      z.string().min(1),
      oneOf(WIRE_SIDES),
      `must map fields to ${Object.values(WIRE_SIDES).join(" or ")}`,
    )
    .describe("Field ownership: the side that wins without asking"),
  worker: z
    .string("must be text")
    .regex(WORKER_LABEL, "must be lower-case letters, digits, '_' and '-', at most 40")
    .describe("The label of the workers that can reach it, as in their WORKER_LABELS"),
});

const { direction, conflict_policy, fields } = wireSettingsSchema.shape;
/** The same settings, read from `sources.yml`, a PATCH or a stored row, in the words of the code. */
export const settingsSchema = wireSettingsSchema.extend({
  direction: direction.transform(directionFromWire),
  conflict_policy: conflict_policy.transform(policyFromWire),
  fields: fields.transform(ownershipFromWire),
});
export type SourceSettings = z.output<typeof settingsSchema>;
export type WireSettings = z.output<typeof wireSettingsSchema>;

/** Settings as the API shows them and the database stores them. Settings that are absent stay absent. */
export function settingsToWire(settings: SourceSettings): WireSettings;
export function settingsToWire(settings: Partial<SourceSettings>): Partial<WireSettings>;
export function settingsToWire({
  direction,
  conflict_policy,
  fields,
  ...same
}: Partial<SourceSettings>): Partial<WireSettings> {
  return {
    ...same,
    ...(direction === undefined ? {} : { direction: directionToWire(direction) }),
    ...(conflict_policy === undefined ? {} : { conflict_policy: policyToWire(conflict_policy) }),
    ...(fields === undefined ? {} : { fields: ownershipToWire(fields) }),
  };
}
export type SettingName = keyof SourceSettings;
export const SETTING_NAMES = Object.keys(settingsSchema.shape) as SettingName[];

/** The places from which a setting's value may come. A later place is stronger. */
export const ORIGINS = ["default", "defaults", "file", "database"] as const;
export type SettingOrigin = (typeof ORIGINS)[number];
export type SettingOrigins = Record<SettingName, SettingOrigin>;

export interface BasedSettings {
  settings: SourceSettings;
  origins: SettingOrigins;
}

/** The presets of the process. */
export interface Presets {
  intervalMinutes: number;
  strategy: SourceSettings["strategy"];
  direction?: SourceSettings["direction"];
}

export function presetSettings({
  intervalMinutes,
  strategy,
  direction = "bidirectional",
}: Presets): SourceSettings {
  return {
    is_sync_enabled: true,
    sync_interval_minutes: intervalMinutes,
    staleness_threshold_minutes: usualThreshold(intervalMinutes),
    priority: 0,
    depends_on: [],
    cascade_sync: false,
    direction,
    strategy,
    conflict_policy: "ask",
    older_file: "ask",
    fields: {},
    worker: DEFAULT_LABEL,
  };
}

function usualThreshold(intervalMinutes: number): number {
  return Math.max(15, 3 * intervalMinutes);
}

/** Combines layers of settings: for each setting, a later layer wins. */
export function layered(
  presets: SourceSettings,
  layers: readonly [SettingOrigin, Partial<SourceSettings>][],
): BasedSettings {
  const settings: Record<string, unknown> = { ...presets };
  const origins = Object.fromEntries(SETTING_NAMES.map((name) => [name, "default"])) as SettingOrigins;
  for (const [origin, layer] of layers) {
    for (const name of SETTING_NAMES) {
      if (layer[name] === undefined) continue;
      settings[name] = layer[name];
      origins[name] = origin;
    }
  }
  const found = settings as SourceSettings;
  // With an interval longer than the default threshold, every source would be stale between two runs.
  if (origins.staleness_threshold_minutes === "default")
    found.staleness_threshold_minutes = usualThreshold(found.sync_interval_minutes);
  return { settings: found, origins };
}

/** The effective settings: the file's settings with the database's over them. */
export function withOverrides(base: BasedSettings, overrides: Partial<SourceSettings>): BasedSettings {
  const layers = (["defaults", "file"] as const).map((origin): [SettingOrigin, Partial<SourceSettings>] => [
    origin,
    pick(base.settings, (name) => base.origins[name] === origin),
  ]);
  const presets = layered(base.settings, []).settings;
  return layered(presets, [...layers, ["database", overrides]]);
}

function pick(settings: SourceSettings, wanted: (name: SettingName) => boolean): Partial<SourceSettings> {
  return Object.fromEntries(SETTING_NAMES.filter(wanted).map((name) => [name, settings[name]]));
}
