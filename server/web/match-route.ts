import { methodAndPath, ROUTE_KEYS } from "../../lib/protocol/routes.ts";

export interface MatchedRoute {
  /** The path as in the table, for instance `/api/tasks/:id`. */
  path: string;
  methods: string[];
  /** The path's parts by name, as the client sent them. */
  params: Record<string, string>;
}

const TABLE = buildTable();

function buildTable() {
  const methods = new Map<string, string[]>();
  for (const key of ROUTE_KEYS) {
    const { method, path } = methodAndPath(key);
    methods.set(path, [...(methods.get(path) ?? []), ...(method === "GET" ? ["GET", "HEAD"] : [method])]);
  }
  return (
    [...methods]
      // A path without parameters is matched before a path with one, as in Next.
      .sort(([a], [b]) => Number(a.includes(":")) - Number(b.includes(":")))
      .map(([path, allowed]) => ({
        path,
        methods: allowed,
        pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`),
      }))
  );
}

export function matchRoute(pathname: string): MatchedRoute | null {
  for (const { pattern, path, methods } of TABLE) {
    const match = pattern.exec(pathname);
    if (match) return { path, methods, params: { ...match.groups } };
  }
  return null;
}
