import type { Json, JsonMap } from "../json.ts";
import type { Answer, Choice, Direction, FieldChoice, Ownership, Resolution, Side } from "../sync/types.ts";

// The API, the events, `sources.yml` and the stored settings, requests and conflicts spell the two
// sides `yaml` and `db`. The code says `file` and `database`. This module converts between the two
// spellings in both directions. Browsers load it, so it must not import zod.

export const WIRE_SIDES = { file: "yaml", database: "db" } as const satisfies Record<Side, string>;
export type WireSide = (typeof WIRE_SIDES)[Side];
const SIDE_OF = { yaml: "file", db: "database" } as const satisfies Record<WireSide, Side>;

export const WIRE_DIRECTIONS = {
  bidirectional: "bidirectional",
  file_to_database: "yaml_to_db",
  database_to_file: "db_to_yaml",
} as const satisfies Record<Direction, string>;
export type WireDirection = (typeof WIRE_DIRECTIONS)[Direction];
const DIRECTION_OF = {
  bidirectional: "bidirectional",
  yaml_to_db: "file_to_database",
  db_to_yaml: "database_to_file",
} as const satisfies Record<WireDirection, Direction>;

export const WIRE_CHOICES = {
  keep_file: "keep_yaml",
  keep_database: "keep_db",
  merge: "merge",
} as const satisfies Record<Choice, string>;
export type WireChoice = (typeof WIRE_CHOICES)[Choice];
const CHOICE_OF = {
  keep_yaml: "keep_file",
  keep_db: "keep_database",
  merge: "merge",
} as const satisfies Record<WireChoice, Choice>;

/** A person may also say that a task under a new id is another one. */
export const WIRE_ANSWERS = { ...WIRE_CHOICES, separate: "separate" } as const satisfies Record<
  Answer,
  string
>;
export type WireAnswer = (typeof WIRE_ANSWERS)[Answer];
const ANSWER_OF = { ...CHOICE_OF, separate: "separate" } as const satisfies Record<WireAnswer, Answer>;

/** What happens to a new conflict: a person is asked, or a choice is made at once. */
export const WIRE_POLICIES = { ask: "ask", ...WIRE_CHOICES } as const;
export type WirePolicy = WireChoice | "ask";
const POLICY_OF = { ask: "ask", ...CHOICE_OF } as const;

export const sideToWire = (side: Side): WireSide => WIRE_SIDES[side];
export const sideFromWire = (word: WireSide): Side => SIDE_OF[word];
export const directionToWire = (direction: Direction): WireDirection => WIRE_DIRECTIONS[direction];
export const directionFromWire = (word: WireDirection): Direction => DIRECTION_OF[word];
export const choiceToWire = (choice: Answer): WireAnswer => WIRE_ANSWERS[choice];
export const choiceFromWire = (word: WireAnswer): Answer => ANSWER_OF[word];
export const policyToWire = (policy: Choice | "ask"): WirePolicy => WIRE_POLICIES[policy];
export const policyFromWire = (word: WirePolicy): Choice | "ask" => POLICY_OF[word];

/** The choice that a stored conflict or an audit entry names; undefined for any other word. */
export function choiceNamed(word: string): Answer | undefined {
  return Object.entries(ANSWER_OF).find(([wire]) => wire === word)?.[1];
}

export type WireOwnership = Record<string, WireSide>;

export function ownershipToWire(ownership: Ownership): WireOwnership {
  return mapped(ownership, sideToWire);
}

export function ownershipFromWire(owners: Readonly<WireOwnership>): Record<string, Side> {
  return mapped(owners, sideFromWire);
}

export type WireFieldChoice = WireSide | { value: Json };

function fieldChoiceToWire(choice: FieldChoice): WireFieldChoice {
  return typeof choice === "string" ? sideToWire(choice) : choice;
}

export interface WireResolution {
  choice: WireAnswer;
  fields?: Record<string, WireFieldChoice>;
}

/** A resolution as a request's body and a stored request spell it. Its other keys stay. */
export function resolutionToWire<T extends Resolution>(
  resolution: T,
): Omit<T, "choice" | "fields"> & WireResolution {
  const { choice, fields, ...same } = resolution;
  return {
    ...same,
    choice: choiceToWire(choice),
    ...(fields === undefined ? {} : { fields: mapped(fields, fieldChoiceToWire) }),
  };
}

export function resolutionFromWire<T extends WireResolution>(
  resolution: T,
): Omit<T, "choice" | "fields"> & Pick<Resolution, "choice" | "fields"> {
  const { choice, fields, ...same } = resolution;
  return {
    ...same,
    choice: choiceFromWire(choice),
    ...(fields === undefined
      ? {}
      : { fields: mapped(fields, (each) => (typeof each === "string" ? sideFromWire(each) : each)) }),
  };
}

/** The task on both sides of a conflict, under the names that the code uses. */
interface ConflictSides {
  file_data: JsonMap | null;
  database_data: JsonMap | null;
  file_updated_at: string | null;
  database_updated_at: string | null;
}

/** The task on both sides of a conflict, under the names that the API uses. */
interface WireConflictSides {
  yaml_data: JsonMap | null;
  db_data: JsonMap | null;
  yaml_updated_at: string | null;
  db_updated_at: string | null;
}

export function conflictToWire<T extends ConflictSides>(
  conflict: T,
): Omit<T, keyof ConflictSides> & WireConflictSides {
  const { file_data, database_data, file_updated_at, database_updated_at, ...same } = conflict;
  return {
    ...same,
    yaml_data: file_data,
    db_data: database_data,
    yaml_updated_at: file_updated_at,
    db_updated_at: database_updated_at,
  };
}

export function conflictFromWire<T extends WireConflictSides>(
  conflict: T,
): Omit<T, keyof WireConflictSides> & ConflictSides {
  const { yaml_data, db_data, yaml_updated_at, db_updated_at, ...same } = conflict;
  return {
    ...same,
    file_data: yaml_data,
    database_data: db_data,
    file_updated_at: yaml_updated_at,
    database_updated_at: db_updated_at,
  };
}

/** A stored conflict also names who changed the row. */
export function storedConflictToWire<T extends ConflictSides & { database_updated_by: string | null }>({
  database_updated_by,
  ...conflict
}: T) {
  return { ...conflictToWire(conflict), db_updated_by: database_updated_by };
}

export function storedConflictFromWire<T extends WireConflictSides & { db_updated_by: string | null }>({
  db_updated_by,
  ...conflict
}: T) {
  return { ...conflictFromWire(conflict), database_updated_by: db_updated_by };
}

/** A preview of a resolution as the API spells it. `file` holds the task's lines. */
export function previewToWire<T extends { file: unknown }>({
  file,
  ...same
}: T): Omit<T, "file"> & { yaml: T["file"] } {
  return { ...same, yaml: file };
}

export function previewFromWire<T extends { yaml: unknown }>({
  yaml,
  ...same
}: T): Omit<T, "yaml"> & { file: T["yaml"] } {
  return { ...same, file: yaml };
}

function mapped<A, B>(record: Readonly<Record<string, A>>, convert: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value)]));
}
