// Makes an image smaller: removes packages from node_modules that only building and testing need. It keeps
// the packages that the running code imports, with their dependencies. Pages are bundled, so that their
// packages are not needed.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { importedPackages, keptPackages, type Lockfile } from "./kept-packages.ts";

const RUNS = ["server", "lib", "config"];
const SCRIPTS = ["scripts/lockstep.mjs", "scripts/validate.ts", "scripts/healthcheck.mjs"];
/** The loader, and packages that Next's bundles expect. */
const LOADED = ["tsx", "next", "react", "react-dom"];
/** Next's compiler and its image optimiser, which is not used. */
const NEVER = /^(?:@next\/swc-.*|sharp|@img\/.*)$/;

const folder = "node_modules";
const sources = RUNS.flatMap((name) =>
  readdirSync(name, { recursive: true, encoding: "utf8" }).map((path) => join(name, path)),
).filter((path) => path.endsWith(".ts") && !/\.test\.ts$|\/testing\//.test(path));
const imported = [...sources, ...SCRIPTS].flatMap((path) => importedPackages(readFileSync(path, "utf8")));
const kept = keptPackages(
  JSON.parse(readFileSync("package-lock.json", "utf8")) as Lockfile,
  [...LOADED, ...imported],
  NEVER,
);

let removed = 0;
for (const place of packagesUnder(folder)) {
  if (kept.has(place)) continue;
  rmSync(place, { recursive: true, force: true });
  removed += 1;
}
for (const name of [".bin", ".cache"]) rmSync(join(folder, name), { recursive: true, force: true });
console.log(`${kept.size} packages stay; ${removed} were not needed to run and are removed`);

/** The path of every package. A path inside a removed package does not exist any more, which does no harm. */
function packagesUnder(modules: string): string[] {
  return readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .flatMap((entry) =>
      entry.name.startsWith("@")
        ? readdirSync(join(modules, entry.name)).map((name) => `${entry.name}/${name}`)
        : [entry.name],
    )
    .map((name) => `${modules}/${name}`)
    .flatMap((place) => [place, ...nested(place)]);
}

function nested(place: string): string[] {
  try {
    return packagesUnder(`${place}/node_modules`);
  } catch {
    return [];
  }
}
