// For an image: takes out of node_modules what only building and testing need. What stays is what the code that runs
// imports, with all that this needs in turn; pages are bundled, so that nothing of theirs has to stay.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { importedPackages, keptPackages, type Lockfile } from "./kept-packages.ts";

const RUNS = ["server", "lib", "config"];
const SCRIPTS = ["scripts/lockstep.mjs", "scripts/validate.ts", "scripts/healthcheck.mjs"];
/** The loader, and what Next's bundles expect beside them. */
const LOADED = ["tsx", "next", "react", "react-dom"];
/** Next's compiler, and its optimiser of pictures, of which there are none. */
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
console.log(`${kept.size} packages stay, ${removed} are not needed to run`);

/** Every package's place; those inside one that goes are gone by the time they come up, which does no harm. */
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
