import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, stop } from "esbuild";

const FOLDER = "dist/server";

/** How our programs become plain JavaScript, the server as well as those that tests start. */
export const PROGRAM = /** @type {const} */ ({
  outExtension: { ".js": ".mjs" },
  bundle: true,
  // What several entries import, and what is imported only when it is needed, is a file of its own.
  splitting: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "silent",
});

/**
 * Compiles the server to plain JavaScript in dist/server. Starting it so takes half the time and two thirds of the memory
 * that a loader for TypeScript takes. Packages stay where they are; only our own files are joined.
 * @throws {Error} with esbuild's messages when a file cannot be compiled.
 */
export async function compileServer() {
  rmSync(FOLDER, { recursive: true, force: true });
  try {
    await build({
      ...PROGRAM,
      entryPoints: {
        main: "server/main.ts",
        // The name under which worker-thread.ts looks for it. In the sources it is a file that loads this one.
        "worker-thread": "server/worker/worker-thread-main.ts",
        ...routeHandlers(),
      },
      outdir: FOLDER,
      sourcemap: true,
    });
  } finally {
    await stop();
  }
}

/** The route handlers under app/api, each for the same place under dist/server/api, where api-handlers.ts looks for them. */
function routeHandlers() {
  const files = readdirSync("app/api", { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith("route.ts"))
      .map((file) => [join("api", file.slice(0, -".ts".length)), join("app", "api", file)]),
  );
}
