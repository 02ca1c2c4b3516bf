import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const STAMP = join(".next", "lockstep-build");
/** What `next build` reads. Tests and their helpers are not part of it. */
const SOURCES = [
  ...["app", "components", "lib", "server", "config", "public", "prisma/schema.prisma"],
  ...["next.config.mjs", "postcss.config.mjs", "package-lock.json", "tsconfig.json"],
];
const IRRELEVANT = /\.test\.tsx?$|(^|\/)testing(\/|$)|^server\/store\/generated|\.ya?ml/;

/** Whether `.next` is missing or was built from other sources than those on disk. Paths are relative to the repository. */
export function buildIsStale(): boolean {
  if (!existsSync(join(".next", "BUILD_ID")) || !existsSync(STAMP)) return true;
  return readFileSync(STAMP, "utf8").trim() !== sourcesHash();
}

/** To be called when a build has finished. */
export function markBuilt(): void {
  writeFileSync(STAMP, `${sourcesHash()}\n`);
}

/** By content: a checkout changes times without changing anything, and a restored file has an old time. */
function sourcesHash(): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of SOURCES.flatMap(filesUnder).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesUnder(path: string): string[] {
  if (IRRELEVANT.test(path) || !existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(`${path}/${name}`));
}
