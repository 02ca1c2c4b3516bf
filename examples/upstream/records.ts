import { createHash, randomUUID } from "node:crypto";
import type { Upstream } from "./control.ts";
import type { Item } from "./world.ts";

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Which key an item names its parent with, by collection. */
const PARENT: Record<string, string> = {
  projects: "directory_id",
  phases: "project_id",
  elevations: "phase_id",
};

export function etagOf(body: unknown): string {
  return `"${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 16)}"`;
}

/**
 * The items of a path: `/phases`, or `/projects/d1-p1/phases`. `?updated_since=` leaves out what is older.
 * @returns null when there is no such collection, or no such parent.
 */
export function itemsAt({ world }: Upstream, path: readonly string[], query: URLSearchParams): Item[] | null {
  const [first = "", id, below] = path;
  const type = below ?? first;
  const all = world[type];
  if (!all || path.length > 3 || path.length === 2) return null;
  if (below !== undefined && !world[first]?.some((item) => item.id === id)) return null;
  const since = query.get("updated_since");
  return all.filter(
    (item) =>
      (below === undefined || item[PARENT[type] ?? ""] === id) &&
      (since === null || item.updated_at >= since),
  );
}

/** One item: read, and for every collection written as `/tasks` are, with If-Match. */
export function answerItem(
  upstream: Upstream,
  type: string,
  id: string,
  { method, body, ifMatch }: { method: string; body: Partial<Item>; ifMatch: string | undefined },
): Answer {
  const found = upstream.world[type]?.find((item) => item.id === id);
  if (!found) return { status: 404, body: { error: `there is no ${type} ${id}` } };
  const etag = etagOf(found);
  if (method === "GET") return { status: 200, body: found, headers: { ETag: etag } };
  if (ifMatch !== undefined && ifMatch !== etag) return { status: 412, body: { error: "it was changed" } };
  if (method === "DELETE") {
    upstream.control({ remove: { [type]: [id] } });
    return { status: 204 };
  }
  if (method !== "PATCH" && method !== "PUT") return { status: 405, body: { error: `not ${method}` } };
  const item = upstream.put(type, { ...body, id });
  return { status: 200, body: item, headers: { ETag: etagOf(item) } };
}

const created = new Map<string, string>();

/** Adds an item. A request that is sent twice with the same Idempotency-Key adds one. */
export function addItem(
  upstream: Upstream,
  type: string,
  body: Partial<Item>,
  key: string | undefined,
): Answer {
  // A number is an id too, and a path has only text.
  const given = body.id === undefined ? undefined : String(body.id);
  const before = key === undefined ? undefined : created.get(key);
  const known = upstream.world[type]?.find(({ id }) => id === (before ?? given));
  if (known && before === undefined) return { status: 409, body: { error: `${known.id} is there already` } };
  const item = known ?? upstream.put(type, { ...body, id: given ?? randomUUID() });
  if (key !== undefined) created.set(key, item.id);
  return { status: 201, body: item, headers: { ETag: etagOf(item) } };
}
