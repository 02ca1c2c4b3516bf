import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What is built apart: the file that only a finished build leaves, where its stamp is, and what the build reads. */
const PARTS = {
  pages: {
    result: ".next/BUILD_ID",
    stamp: ".next/lockstep-build",
    sources: [
      ...["app", "components", "lib", "server", "config", "public", "prisma/schema.prisma"],
      ...["next.config.mjs", "postcss.config.mjs", "package-lock.json", "tsconfig.json"],
      "scripts/compress-pages.mjs",
    ],
  },
  server: {
    result: "dist/server/main.mjs",
    stamp: "dist/server/lockstep-build",
    sources: [
      ...["app/api", "lib", "server", "config", "prisma/schema.prisma", "scripts/compile-server.mjs"],
      ...["package-lock.json", "tsconfig.json"],
    ],
  },
};
const IRRELEVANT = /\.test\.tsx?$|(^|\/)testing(\/|$)|^server\/store\/generated|\.ya?ml/;

/**
 * Whether the repository at `root` has no finished build of its present sources.
 * @param {keyof typeof PARTS} part
 */
export function isStale(part, root = ".") {
  const { result, stamp } = PARTS[part];
  if (!existsSync(join(root, result)) || !existsSync(join(root, stamp))) return true;
  return readFileSync(join(root, stamp), "utf8").trim() !== sourcesHash(part, root);
}

/**
 * Records that a build has finished.
 * @param {keyof typeof PARTS} part
 */
export function markBuilt(part, root = ".") {
  writeFileSync(join(root, PARTS[part].stamp), `${sourcesHash(part, root)}\n`);
}

/**
 * The hash is of the contents, because a checkout changes times without changing contents, and a restored
 * file has an old time.
 * @param {keyof typeof PARTS} part
 * @param {string} root
 */
function sourcesHash(part, root) {
  const hash = createHash("sha256").update(process.version);
  for (const file of PARTS[part].sources.flatMap((path) => filesUnder(root, path)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(root, path) {
  const absolute = join(root, path);
  if (IRRELEVANT.test(path) || !existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [path];
  return readdirSync(absolute).flatMap((name) => filesUnder(root, `${path}/${name}`));
}
