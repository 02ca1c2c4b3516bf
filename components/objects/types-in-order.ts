import type { ObjectTypesJson } from "../../lib/protocol/object.ts";

export type ObjectType = ObjectTypesJson["types"][number];

export interface PlacedType {
  type: ObjectType;
  /** Whether it hangs from the type before it. */
  follows: boolean;
}

/** The types in the order in which they hang from one another: each after the one that it hangs from. */
export function typesInOrder(types: readonly ObjectType[]): PlacedType[] {
  const ids = new Set(types.map(({ source }) => source));
  const placed: PlacedType[] = [];
  const seen = new Set<string>();
  const place = (type: ObjectType) => {
    if (seen.has(type.source)) return;
    seen.add(type.source);
    placed.push({ type, follows: placed.at(-1)?.type.source === type.parent_source });
    for (const child of types) if (child.parent_source === type.source) place(child);
  };
  for (const type of types) if (type.parent_source === null || !ids.has(type.parent_source)) place(type);
  // What is left hangs from one another in a circle.
  for (const type of types) place(type);
  return placed;
}
