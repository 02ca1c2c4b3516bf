import type { BodyInput, ParamsOf, QueryInput } from "./route-types.ts";
import type { RouteKey } from "./routes.ts";

/** What a client gives to a route, as its entry in the route table says. */
export type Given<K extends RouteKey> = { query?: QueryInput<K>; headers?: Record<string, string> } & ([
  keyof ParamsOf<K>,
] extends [never]
  ? object
  : { params: ParamsOf<K> }) &
  (BodyInput<K> extends undefined ? object : { body: BodyInput<K> });

/** The last argument of a call to the route. It may be left out when the route needs nothing. */
export type GivenArgument<K extends RouteKey> = object extends Given<K> ? [Given<K>?] : [Given<K>];

/** A request as it is sent. */
export interface RouteRequest {
  method: string;
  /** The path with the query. */
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

interface Parts {
  params?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The request for a route, by its key in the route table. */
export function routeRequest<K extends RouteKey>(key: K, [given]: GivenArgument<K>): RouteRequest {
  const { params = {}, query = {}, body, headers = {} } = (given ?? {}) as Parts;
  const [method = "", template = ""] = key.split(" ");
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  const path = template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  return { method, path: search.size > 0 ? `${path}?${search}` : path, body, headers };
}
