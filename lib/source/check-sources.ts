import { cycleInWords, findCycle } from "./graph.ts";
import type { Place, SourceProblem } from "./place.ts";
import { SOURCE_ID } from "./settings.ts";

/** The part of a source that is checked against the other sources. */
export interface FoundSource {
  id: string;
  path: string;
  /** The path with symbolic links followed; null when that is not possible here. */
  realPath: string | null;
  depends_on: readonly string[];
  at: Place;
  dependsAt: Place;
}

/**
 * Finds what is wrong between sources: ids and files that occur twice, unknown parents, cycles.
 * @param elsewhere whether a source with this id is known to another worker only.
 */
export function checkSources(
  found: readonly FoundSource[],
  elsewhere: (id: string) => boolean,
): SourceProblem[] {
  const problems: SourceProblem[] = [];
  const byId = new Map<string, FoundSource>();
  const byFile = new Map<string, FoundSource>();
  for (const source of found) {
    if (!SOURCE_ID.test(source.id)) {
      problems.push({
        message:
          `${JSON.stringify(source.id)} (${source.path}) cannot be a source's id: use letters, digits, ` +
          `".", "_" and "-", at most 128`,
        ...source.at,
      });
      continue;
    }
    const same = byId.get(source.id);
    if (same)
      problems.push({
        message:
          `the id ${source.id} is used twice, for ${same.path} and ${source.path}; give one of them ` +
          "another id",
        ...source.at,
      });
    else byId.set(source.id, source);
    const twin = source.realPath === null ? undefined : byFile.get(source.realPath);
    if (twin && !same)
      problems.push({
        message: `${source.path} is in two sources, ${twin.id} and ${source.id}; a file belongs to one`,
        ...source.at,
      });
    else if (source.realPath !== null) byFile.set(source.realPath, source);
  }
  for (const { id, depends_on, dependsAt } of byId.values()) {
    const unknown = depends_on.filter((parent) => !byId.has(parent) && !elsewhere(parent));
    if (unknown.length > 0)
      problems.push({ message: `${id} depends on ${unknown.join(", ")}, which is no source`, ...dependsAt });
  }
  const cycle = findCycle(byId.values());
  if (cycle) problems.push({ message: cycleInWords(cycle), ...byId.get(cycle[0] ?? "")?.dependsAt });
  return problems;
}
