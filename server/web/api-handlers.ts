import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A route handler of Next: an exported function of a `route.ts`, named for its method. */
export type ApiHandler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

/** What a `route.ts` exports. */
export type ApiModule = Readonly<Record<string, ApiHandler | undefined>>;

/** In the compiled server the route handlers lie beside this file (scripts/compile-server.mjs), in the sources under app/. */
const HERE = fileURLToPath(import.meta.url);
const API = HERE.endsWith(".mjs")
  ? join(dirname(HERE), "api")
  : join(dirname(HERE), "..", "..", "app", "api");

/**
 * The modules under app/api by their path in the route table (`/api/tasks/:id`), as Next finds them by their folders. Each
 * is loaded when it is first asked for, and once.
 */
export function apiModules(): ReadonlyMap<string, () => Promise<ApiModule>> {
  const modules = new Map<string, () => Promise<ApiModule>>();
  for (const file of readdirSync(API, { recursive: true, encoding: "utf8" })) {
    if (!/(^|[\\/])route\.(ts|mjs)$/.test(file)) continue;
    const path = `/api/${dirname(file).split(sep).join("/")}`.replace(/\[(\w+)\]/g, ":$1");
    const url = pathToFileURL(join(API, file)).href;
    modules.set(path, () => import(url) as Promise<ApiModule>);
  }
  return modules;
}
