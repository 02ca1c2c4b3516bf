import { isMap, type Json, type JsonMap } from "../json.ts";

/** The types that each field of a source's objects was seen with. */
export type FieldTypes = Record<string, string[]>;

export interface Drift {
  field: string;
  before: string[];
  after: string;
}

/** Adds the types of an item's fields. @returns the fields that have a type they never had. */
export function noteFields(known: FieldTypes, item: JsonMap): Drift[] {
  const drifts: Drift[] = [];
  for (const [field, value] of Object.entries(item)) {
    if (value === null) continue;
    const type = typeName(value);
    const before = Object.hasOwn(known, field) ? (known[field] ?? []) : [];
    if (before.includes(type)) continue;
    if (before.length > 0) drifts.push({ field, before: [...before], after: type });
    Object.defineProperty(known, field, {
      value: [...before, type],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return drifts;
}

function typeName(value: Json): string {
  if (Array.isArray(value)) return "array";
  return isMap(value) ? "object" : typeof value;
}
