/** The packages in package-lock.json by their path (`node_modules/a/node_modules/b`). */
export interface Lockfile {
  packages: Record<
    string,
    {
      dependencies?: Record<string, string>;
      optionalDependencies?: Record<string, string>;
      peerDependencies?: Record<string, string>;
      peerDependenciesMeta?: Record<string, { optional?: boolean }>;
    }
  >;
}

/**
 * The paths of the packages that `roots` need, directly or not, resolved like Node does. `without` matches
 * packages that are never needed.
 */
export function keptPackages({ packages }: Lockfile, roots: Iterable<string>, without: RegExp): Set<string> {
  const kept = new Set<string>();
  const keep = (from: string, name: string): void => {
    const place = without.test(name) ? undefined : placeOf(packages, from, name);
    if (place === undefined || kept.has(place)) return;
    kept.add(place);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
      packages[place] ?? {};
    const peers = Object.keys(peerDependencies ?? {}).filter(
      (peer) => peerDependenciesMeta?.[peer]?.optional !== true,
    );
    for (const needed of [
      ...Object.keys(dependencies ?? {}),
      ...Object.keys(optionalDependencies ?? {}),
      ...peers,
    ])
      keep(place, needed);
  };
  for (const root of roots) keep("", root);
  return kept;
}

function placeOf(packages: Lockfile["packages"], from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const place = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (place in packages) return place;
    if (folder === "") return undefined;
  }
}

/**
 * The packages that a module's text imports: `from "a/b"`, `import("@c/d")`, `require("e")`, `resolve("f")`.
 * Our own modules and Node's are left out.
 */
export function importedPackages(text: string): string[] {
  const specifiers = [
    ...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\b(?:require|resolve)\(\s*)"([^".][^"]*)"/g),
  ].map(([, specifier = ""]) => specifier);
  return [...new Set(specifiers.filter((specifier) => !specifier.startsWith("node:")).map(packageOf))];
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
