import type { Json, JsonMap } from "../json.ts";
import { TASK_STATUSES } from "./status.ts";

/**
 * The one table of task fields. Types, parsing, canonical form, columns, the API and the form are
 * derived from it or are checked against it. It is plain data, because the browser loads it too: the
 * zod schemas that belong to it are in `schema.ts`. How to add a field: docs/architecture.md.
 */

/** What a value is, in TypeScript and in PostgreSQL. A `time` is ISO 8601 UTC with milliseconds. */
interface ValueTypes {
  text: string;
  time: string;
  integer: number;
  map: JsonMap;
}
export const SQL_TYPES = {
  text: "text",
  time: "timestamptz",
  integer: "integer",
  map: "jsonb",
} as const satisfies Record<keyof ValueTypes, string>;

export interface FieldSpec {
  type: keyof ValueTypes;
  label: string;
  /** The only values that are allowed. */
  oneOf?: readonly string[];
  /** Used where a task does not name the field; null makes the field nullable. Required without one. */
  default?: Json;
  /** Reported by the program that executes the tasks; the other fields are schedule and definition. */
  runtime?: true;
  /** Lockstep may work the value out. Such a change is not a change by a person (see the row's triggers). */
  computed?: true;
  /** The list's search `q` looks in this field. */
  searched?: true;
  /**
   * Set for every field added after the first release. While the field has its default it is left out
   * of fingerprints, so that the stored fingerprints of tasks without it stay valid after an upgrade.
   */
  addedLater?: true;
}

/** In the order in which a task names its fields everywhere. */
export const FIELDS = {
  skill_name: { type: "text", label: "Skill", searched: true },
  schedule_cron: { type: "text", label: "Schedule (cron)" },
  next_run_at: { type: "time", label: "Next run", default: null, runtime: true, computed: true },
  timezone: { type: "text", label: "Time zone", default: "UTC" },
  status: { type: "text", label: "Status", oneOf: TASK_STATUSES, default: "pending", runtime: true },
  description: { type: "text", label: "Description", default: null, searched: true },
  params: { type: "map", label: "Params", default: {} },
} as const satisfies Record<string, FieldSpec>;

export type FieldName = keyof typeof FIELDS;

type ValueOf<Spec extends FieldSpec> =
  | (Spec extends { oneOf: readonly (infer Value)[] } ? Value : ValueTypes[Spec["type"]])
  | (Spec extends { default: null } ? null : never);

/** The value of each field, in canonical form. */
export type FieldValues = { [Name in FieldName]: ValueOf<(typeof FIELDS)[Name]> };

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** The specification of a field, without the exact type of its own entry. */
export function fieldSpec(name: FieldName): FieldSpec {
  return FIELDS[name];
}

export function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

/** The names for which `is` holds, in the order of the table. */
export function fieldsWhere(is: (spec: FieldSpec) => boolean): FieldName[] {
  return FIELD_NAMES.filter((name) => is(FIELDS[name]));
}

/** Orders fields as the table does; names that are not fields come after all of them. */
export function fieldRank(name: string): number {
  return isField(name) ? FIELD_NAMES.indexOf(name) : FIELD_NAMES.length;
}

const RUNTIME: ReadonlySet<string> = new Set(fieldsWhere((spec) => spec.runtime === true));

export function isRuntimeField(name: string | undefined): boolean {
  return name !== undefined && RUNTIME.has(name);
}

export function isRequiredField(name: string): boolean {
  return isField(name) && fieldSpec(name).default === undefined;
}

type Defaults = {
  readonly [
    Name in FieldName as (typeof FIELDS)[Name] extends { default: Json } ? Name : never
  ]: FieldValues[Name];
};

/** The default of every field that has one. */
export const FIELD_DEFAULTS = Object.fromEntries(
  FIELD_NAMES.flatMap((name) => {
    const { default: value } = fieldSpec(name);
    return value === undefined ? [] : [[name, value]];
  }),
) as Defaults;

/** Names of the API and the table, which a task in the file therefore cannot use for keys of its own. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set(["source"]);

/** Columns of the table `tasks` beside the fields and `extra`: they say nothing of the task itself. */
export const ROW_COLUMNS: ReadonlySet<string> = new Set([
  "source",
  "id",
  "id_type",
  "updated_at",
  "updated_by",
  "changed_at",
  "version",
]);

/** Whether the key says something of the task, not which task it is or when it was written. */
export function isContentKey(key: string): boolean {
  return key !== "id" && key !== "updated_at" && !RESERVED_KEYS.has(key);
}

/** Whether Lockstep gives this key of a task a meaning. Any other key is kept in `extra`. */
export function isKnownKey(key: string): boolean {
  return isField(key) || key === "id" || key === "updated_at";
}

/** Whether a task's key holds a time, so that an edit may keep the notation of the time before it. */
export function isTimeKey(key: string): boolean {
  return key === "updated_at" || (isField(key) && FIELDS[key].type === "time");
}
