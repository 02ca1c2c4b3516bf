import { cycleInWords, findCycle } from "./graph.ts";
import type { Place, SourceProblem } from "./place.ts";
import { SOURCE_ID } from "./settings.ts";

/** The part of a source that is checked against the other sources. */
export interface FoundSource {
  id: string;
  path: string;
  /** The path with symbolic links followed; null when that is not possible here. */
  realPath: string | null;
  /** Whether a pattern found it. Such a file may have come by itself, so it is left out where it does not fit. */
  matched: boolean;
  depends_on: readonly string[];
  at: Place;
  dependsAt: Place;
}

interface Checked<Source> {
  /** The sources that fit. */
  fitting: Source[];
  problems: SourceProblem[];
}

/**
 * Finds what is wrong between sources: ids and files that occur twice, unknown parents, cycles. Of files that a pattern
 * found, each is left out that does not fit, so that one odd name holds up no other.
 * @param elsewhere whether a source with this id is known to another worker only.
 */
export function checkSources<Source extends FoundSource>(
  found: readonly Source[],
  elsewhere: (id: string) => boolean,
): Checked<Source> {
  const problems: SourceProblem[] = [];
  const complain = ({ matched, at }: FoundSource, message: string) =>
    problems.push({ message, ...at, ...(matched ? { left_out: true } : {}) });

  const named = found.filter((source) => {
    if (SOURCE_ID.test(source.id)) return true;
    const rule = 'use letters, digits, ".", "_" and "-", at most 128';
    complain(source, `${JSON.stringify(source.id)} (${source.path}) cannot be a source's id: ${rule}`);
    return false;
  });
  const left = new Set<Source>();
  for (const same of grouped(named, ({ id }) => id)) {
    // Which of two files a pattern means is not known, so neither counts.
    const meant = same.find(({ matched }) => !matched);
    for (const source of same) if (source !== meant) left.add(source);
    const [first, ...others] = meant ? [meant, ...same.filter((each) => each !== meant)] : same;
    for (const other of others)
      complain(
        other,
        `the id ${other.id} is used twice, for ${first?.path} and ${other.path}; give one of them another id`,
      );
  }
  for (const same of grouped(
    named.filter((source) => !left.has(source)),
    ({ realPath }) => realPath,
  )) {
    const meant =
      same.find(({ matched }) => !matched) ?? same.find(({ path, realPath }) => path === realPath) ?? same[0];
    for (const source of same) {
      if (source === meant) continue;
      left.add(source);
      complain(
        source,
        `${source.path} is in two sources, ${meant?.id} and ${source.id}; a file belongs to one`,
      );
    }
  }
  const fitting = named.filter((source) => !left.has(source));
  const ids = new Set(found.map(({ id }) => id));
  for (const { id, depends_on, dependsAt } of fitting) {
    const unknown = depends_on.filter((parent) => !ids.has(parent) && !elsewhere(parent));
    if (unknown.length > 0)
      problems.push({ message: `${id} depends on ${unknown.join(", ")}, which is no source`, ...dependsAt });
  }
  const cycle = findCycle(fitting);
  if (cycle)
    problems.push({
      message: cycleInWords(cycle),
      ...fitting.find(({ id }) => id === cycle[0])?.dependsAt,
    });
  return { fitting, problems };
}

/** The groups of more than one that have the same key; null is no key. */
function grouped<T>(all: readonly T[], keyOf: (one: T) => string | null): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}
