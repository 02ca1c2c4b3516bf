import type {
  ListObjectsQuery,
  ObjectAnswer,
  ObjectHistoryJson,
  ObjectListJson,
  ObjectTypesJson,
  PageQuery,
} from "../../lib/protocol/object.ts";
import type { PullListJson } from "../../lib/protocol/pull.ts";
import { readSettings } from "../rounds/start-round.ts";
import { pool } from "../store/pool.ts";
import { objectChangesBefore } from "../store/read/object-changes.ts";
import { type Cutoffs, objectsAfter, objectTypes, objectWithAncestors } from "../store/read/objects.ts";
import { pullsBefore } from "../store/read/pulls.ts";
import { listSourceSettings } from "../store/source-settings.ts";
import { bySequence, cutPage, openSequenceCursor } from "./cursor.ts";
import { notFound } from "./uuid.ts";

const MINUTE_MS = 60_000;

/** Objects of other systems. @throws {LockstepError} invalid_request */
export async function listObjects({ limit, cursor, ...filter }: ListObjectsQuery): Promise<ObjectListJson> {
  const after = cursor === undefined ? null : openSequenceCursor("objects", cursor);
  const found = await objectsAfter(filter, await cutoffs(), after, limit + 1);
  const { page, next_cursor } = cutPage(found, limit, "objects", ({ id }) => [id]);
  return { objects: page, next_cursor };
}

export async function listObjectTypes(): Promise<ObjectTypesJson> {
  const [types, since] = await Promise.all([objectTypes(), cutoffs()]);
  return {
    types: types.map(({ checked_at, full_at, ...type }) => ({
      ...type,
      checked_at: checked_at?.toISOString() ?? null,
      full_at: full_at?.toISOString() ?? null,
      freshness: !full_at
        ? "never"
        : (checked_at ?? full_at) < (since.get(type.source) ?? full_at)
          ? "stale"
          : "fresh",
    })),
  };
}

/** @throws {LockstepError} not_found */
export async function getObject(id: string | undefined): Promise<ObjectAnswer> {
  const found = /^\d{1,18}$/.test(id ?? "")
    ? await objectWithAncestors(BigInt(id ?? ""), await cutoffs())
    : [];
  const object = found.at(-1);
  if (!object) throw notFound("object");
  return { object, ancestors: found.slice(0, -1) };
}

/** @throws {LockstepError} not_found, invalid_request */
export async function getObjectHistory(
  id: string | undefined,
  { limit, cursor }: PageQuery,
): Promise<ObjectHistoryJson> {
  const { object } = await getObject(id);
  const list = `object:${object.id}`;
  const before = cursor === undefined ? null : openSequenceCursor(list, cursor);
  const found = await objectChangesBefore(object, before, limit + 1);
  const { page, next_cursor } = cutPage(found, limit, list, bySequence);
  return { changes: page.map(({ change }) => change), next_cursor };
}

/** Records of a source's pulls. @throws {LockstepError} not_found, invalid_request */
export async function listPulls(
  source: string | undefined,
  { limit, cursor }: PageQuery,
): Promise<PullListJson> {
  const known = await listSourceSettings(pool());
  if (source === undefined || !known.some(({ id }) => id === source)) throw notFound("source");
  const list = `pulls:${source}`;
  const before = cursor === undefined ? null : openSequenceCursor(list, cursor);
  const found = await pullsBefore(source, before, limit + 1);
  const { page, next_cursor } = cutPage(found, limit, list, bySequence);
  return { pulls: page.map(({ pull }) => pull), next_cursor };
}

/** Since when an object of each source has to be seen to be fresh. */
async function cutoffs(now = Date.now()): Promise<Cutoffs> {
  const sources = await listSourceSettings(pool());
  return new Map(
    sources.map((source) => [
      source.id,
      new Date(now - readSettings(source).staleness_threshold_minutes * MINUTE_MS),
    ]),
  );
}
