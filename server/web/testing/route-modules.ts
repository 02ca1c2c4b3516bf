import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { methodAndPath, type RouteKey } from "../../../lib/protocol/routes.ts";

const API = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "app", "api");
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const UUID = "00000000-0000-4000-8000-000000000000";

type Module = Record<string, (request: Request, context: object) => Promise<Response>>;

/** The handlers under app/api by folder and exported method, as Next finds them. */
export class RouteModules {
  private constructor(private readonly modules: ReadonlyMap<string, Module>) {}

  static async load(): Promise<RouteModules> {
    const modules = new Map<string, Module>();
    for (const file of readdirSync(API, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith("route.ts")) continue;
      const path = `/api/${dirname(file).split(sep).join("/")}`.replace(/\[(\w+)\]/g, ":$1");
      modules.set(path, (await import(join(API, file))) as Module);
    }
    return new RouteModules(modules);
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
