import { canonicalJson, type Json, type JsonMap, setKey } from "../../lib/json.ts";
import { parseLossless } from "../../lib/lossless-json.ts";
import {
  FIELD_NAMES,
  type FieldName,
  type FIELDS,
  fieldSpec,
  type FieldValues,
  SQL_TYPES,
} from "../../lib/task/fields.ts";
import type { TaskContent } from "../../lib/task/task.ts";

type NullOf<Name extends FieldName> = null extends FieldValues[Name] ? null : never;
type ColumnOf<Name extends FieldName> =
  | { text: string; time: Date | number; integer: number; map: string }[(typeof FIELDS)[Name]["type"]]
  | NullOf<Name>;

/**
 * The columns that `tasks` and `ancestors` share. Maps are read as text, because jsonb may hold numbers
 * that JavaScript cannot; `infinity` is read as a number.
 */
export type ContentRow = { [Name in FieldName]: ColumnOf<Name> } & { extra: string };

const typeOf = (column: FieldName | "extra") => (column === "extra" ? "map" : fieldSpec(column).type);

/** In this order everywhere. */
export const CONTENT_NAMES = [...FIELD_NAMES, "extra"] as const;

export const CONTENT_COLUMNS = CONTENT_NAMES.join(", ");

/** The columns as `ContentRow` wants them. */
export const CONTENT_SELECT = CONTENT_NAMES.map((column) =>
  typeOf(column) === "map" ? `${column}::text AS ${column}` : column,
).join(", ");

/** Parameters for `unnest`, from `$first` on. */
export function contentUnnest(first: number): string {
  return CONTENT_NAMES.map((column, i) => `$${first + i}::${SQL_TYPES[typeOf(column)]}[]`).join(", ");
}

/** Reads the value of each column from a content. */
export const CONTENT_PICK: readonly ((content: TaskContent) => unknown)[] = CONTENT_NAMES.map((column) =>
  typeOf(column) === "map"
    ? (content) => canonicalJson(content[column] as JsonMap)
    : (content) => content[column],
);

/** How the column types that JSON does not have are to be read. */
export interface ColumnReaders {
  time(value: Date | number): Json;
  map(text: string): Json;
}

/** Sets the fields of a row in `into`, in the order of the table. */
export function readFields(row: ContentRow, readers: ColumnReaders, into: JsonMap): void {
  for (const name of FIELD_NAMES) {
    const value: string | number | Date | null = row[name];
    const { type } = fieldSpec(name);
    if (value === null) into[name] = null;
    else if (type === "time") into[name] = readers.time(value as Date | number);
    else if (type === "map") into[name] = readers.map(value as string);
    else into[name] = value as string | number;
  }
}

const EXACT: ColumnReaders = {
  time: (value) => new Date(value).toISOString(),
  map(text) {
    const parsed = parseLossless(text);
    if (parsed === null) throw new Error("an ancestor holds a number that does not read back");
    return parsed.value;
  },
};

/** The content of an ancestor. Only runs write ancestors, so each value reads back. */
export function toContent(row: ContentRow): TaskContent {
  const content: JsonMap = {};
  readFields(row, EXACT, content);
  setKey(content, "extra", EXACT.map(row.extra));
  return content as unknown as TaskContent;
}
