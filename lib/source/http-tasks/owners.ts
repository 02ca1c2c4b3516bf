import type { Json } from "../../json.ts";
import type { Ownership } from "../../sync/types.ts";
import { FIELD_NAMES } from "../../task/fields.ts";
import { type HttpTasksConfig, type MappedPath, mappedPaths, type WriteConfig } from "./config.ts";
import { fieldIn } from "./expression.ts";
import { isTheirs, namesIn } from "./template.ts";

type Written = Pick<HttpTasksConfig, "map" | "writes">;

/** The mapped values that a request carries: those that its body names, or without a body all that have a field of theirs. */
export function sentBy(write: WriteConfig, { map }: Written): MappedPath[] {
  const mapped = mappedPaths(map);
  if (write.body === undefined) {
    // What a JSONPath or a constant says has no one place where it could be written.
    return mapped.filter(({ from }) => fieldIn(from)?.startsWith("$") === false);
  }
  const named = namesIn(write.body as Json).filter((name) => !isTheirs(name));
  return mapped.filter(({ path }) => named.some((name) => isWithin(path, name)));
}

/** Whether the path is at the place or below it. */
export function isWithin(path: readonly string[], place: readonly string[]): boolean {
  return place.every((part, at) => path[at] === part);
}

/**
 * Who has the last word on the fields that cannot go both ways: the database on those that the other system does not have,
 * and the other system on those that it does not let us write.
 */
export function ownersOf(config: Written): Ownership {
  const mapped = mappedPaths(config.map);
  const { update } = config.writes;
  const sent = update ? sentBy(update, config) : [];
  const names = new Set([...FIELD_NAMES, ...mapped.map(({ path: [name = ""] }) => name)]);
  const owners: Record<string, "file" | "database"> = {};
  for (const name of names) {
    const isOf = ({ path }: MappedPath) => path[0] === name;
    if (!mapped.some(isOf)) owners[name] = "database";
    else if (!sent.some(isOf)) owners[name] = "file";
  }
  return owners;
}
