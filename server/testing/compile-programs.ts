import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PROGRAM } from "../../scripts/compile-server.mjs";
import { holdFolder } from "./test-server.ts";

const SERVER = fileURLToPath(new URL("..", import.meta.url));
/** As deep below the root as the sources are, because the server finds its migrations from there. */
const DIST = join(SERVER, "..", "dist");

/**
 * Compiles the programs that tests start as processes of their own. A loader for TypeScript would take three quarters of
 * the time of such a process. `remove` deletes the folder, which also goes when the run is interrupted.
 */
export async function compilePrograms(): Promise<{ folder: string; remove(): Promise<void> }> {
  await mkdir(DIST, { recursive: true });
  const folder = await mkdtemp(join(DIST, "testing-"));
  const remove = holdFolder(folder);
  const programs = ["main.ts", "testing/crashing-run.ts", "testing/file-writer.ts", "testing/row-writer.ts"];
  await build({
    ...PROGRAM,
    entryPoints: programs.map((path) => join(SERVER, path)),
    entryNames: "[name]",
    outdir: folder,
    sourcemap: true,
  });
  return { folder, remove };
}
