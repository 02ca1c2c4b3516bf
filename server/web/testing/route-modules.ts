import { methodAndPath, type RouteKey } from "../../../lib/protocol/routes.ts";
import { type ApiModule, apiModules } from "../api-handlers.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const UUID = "00000000-0000-4000-8000-000000000000";

/** The handlers under app/api by path and exported method. */
export class RouteModules {
  private constructor(private readonly modules: ReadonlyMap<string, ApiModule>) {}

  static async load(): Promise<RouteModules> {
    const loaded = [...apiModules()].map(async ([path, load]) => [path, await load()] as const);
    return new RouteModules(new Map(await Promise.all(loaded)));
  }

  get keys(): string[] {
    return [...this.modules].flatMap(([path, module]) =>
      METHODS.filter((method) => method in module).map((method) => `${method} ${path}`),
    );
  }

  /** Calls a route as on localhost:3000. Every parameter of the path is `id`. */
  async call(
    key: RouteKey,
    headers: Record<string, string>,
    { body = "{}", id = UUID, query = "" } = {},
  ): Promise<Response> {
    const { method, path } = methodAndPath(key);
    const handler = this.modules.get(path)?.[method];
    if (!handler) throw new Error(`no handler for ${key}`);
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
    const url = `http://localhost:3000${path.replace(/:\w+/g, id)}${query}`;
    const init = {
      method,
      headers: { Host: "localhost:3000", "Content-Type": "application/json", ...headers },
    };
    const request = new Request(url, method === "GET" || method === "DELETE" ? init : { ...init, body });
    return handler(request, { params: Promise.resolve(Object.fromEntries(names.map((name) => [name, id]))) });
  }
}
