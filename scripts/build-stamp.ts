import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const STAMP = join(".next", "lockstep-build");
/** Files that `next build` reads, without tests and their helpers. */
const SOURCES = [
  ...["app", "components", "lib", "server", "config", "public", "prisma/schema.prisma"],
  ...["next.config.mjs", "postcss.config.mjs", "package-lock.json", "tsconfig.json"],
];
const IRRELEVANT = /\.test\.tsx?$|(^|\/)testing(\/|$)|^server\/store\/generated|\.ya?ml/;

/** Whether the repository at `root` has no finished build of its present sources. */
export function buildIsStale(root = "."): boolean {
  if (!existsSync(join(root, ".next", "BUILD_ID")) || !existsSync(join(root, STAMP))) return true;
  return readFileSync(join(root, STAMP), "utf8").trim() !== sourcesHash(root);
}

/** Records that a build has finished. */
export function markBuilt(root = "."): void {
  writeFileSync(join(root, STAMP), `${sourcesHash(root)}\n`);
}

/**
 * The hash is of the contents, because a checkout changes times without changing contents, and a restored
 * file has an old time.
 */
function sourcesHash(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of SOURCES.flatMap((path) => filesUnder(root, path)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

function filesUnder(root: string, path: string): string[] {
  const absolute = join(root, path);
  if (IRRELEVANT.test(path) || !existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [path];
  return readdirSync(absolute).flatMap((name) => filesUnder(root, `${path}/${name}`));
}
