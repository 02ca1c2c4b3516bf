import { canonicalJson, equalJson, isMap, type Json } from "../../lib/json.ts";
import { mergeMaps } from "../../lib/sync/merge.ts";
import { type SequenceEdit, sequenceEdits } from "../../lib/sequence-edits.ts";
import { withPath } from "../../lib/sync/path.ts";
import { words } from "./word-diff.ts";

/**
 * A value that holds what both sides changed, for a person to edit: the words or lines of a text, the entries of a
 * list, the keys of a map. Where both changed the same place, the file's version stands before the database's.
 * The idea is that of diff3 (Khanna, Kunal and Pierce, 2007). Undefined when there is nothing to put together.
 */
export function proposeBoth(
  base: Json | undefined,
  file: Json | undefined,
  database: Json | undefined,
): Json | undefined {
  if (file === undefined || database === undefined || equalJson(file, database)) return undefined;
  if (typeof file === "string" && typeof database === "string")
    return bothTexts(typeof base === "string" ? base : "", file, database);
  if (Array.isArray(file) && Array.isArray(database))
    return bothLists(Array.isArray(base) ? base : [], file, database);
  if (!isMap(file) || !isMap(database)) return undefined;
  const { value, conflicts } = mergeMaps(isMap(base) ? base : {}, file, database);
  return conflicts.reduce(
    (map, each) =>
      withPath(map, each.path, proposeBoth(each.base, each.file, each.database) ?? each.file) ?? map,
    value,
  );
}

function bothTexts(base: string, file: string, database: string): string {
  if ([file, database].some((text) => text.includes("\n"))) {
    const [b, f, d] = [base, file, database].map((text) => text.split("\n"));
    return woven(b!, f!, d!).join("\n");
  }
  const parts = woven(words(base), words(file), words(database));
  return parts.reduce((text, part) => text + (isGlued(text, part) ? " " : "") + part, "");
}

/** Whether two words meet without a space between them. */
function isGlued(before: string, after: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
}

function bothLists(base: readonly Json[], file: readonly Json[], database: readonly Json[]): Json[] {
  const [b, f, d] = [base, file, database].map((list) => list.map((entry) => canonicalJson(entry)));
  return [...new Set(woven(b!, f!, d!))].map((entry) => JSON.parse(entry) as Json);
}

type Hunk = SequenceEdit<string>;

/** Both sides' changes of a sequence, in the order of the base. */
function woven(base: string[], file: string[], database: string[]): string[] {
  const left = { file: sequenceEdits(base, file), database: sequenceEdits(base, database) };
  const result: string[] = [];
  let at = 0;
  for (;;) {
    const first = [left.file[0], left.database[0]].filter((each) => each !== undefined);
    if (first.length === 0) return [...result, ...base.slice(at)];
    const from = Math.min(...first.map((each) => each.from));
    const to = endOfGroup(from, left);
    result.push(...base.slice(at, from));
    const [mine, theirs] = [take(left.file, base, from, to), take(left.database, base, from, to)];
    const old = base.slice(from, to).join("\0");
    const isOld = (version: string[]) => version.join("\0") === old;
    if (!isOld(mine)) result.push(...mine);
    if (!isOld(theirs) && mine.join("\0") !== theirs.join("\0")) result.push(...theirs);
    at = to;
  }
}

/** Where the changes end that overlap one another, beginning at `from`. */
function endOfGroup(from: number, { file, database }: { file: Hunk[]; database: Hunk[] }): number {
  let to = from;
  for (let grown = true; grown;) {
    grown = false;
    for (const hunk of [...file, ...database]) {
      if (!belongs(hunk, from, to) || hunk.to <= to) continue;
      to = hunk.to;
      grown = true;
    }
  }
  return to;
}

function belongs(hunk: Hunk, from: number, to: number): boolean {
  return hunk.from === from || hunk.from < to;
}

/** Takes the side's changes within the range out of the list. @returns what the side has in that range. */
function take(list: Hunk[], base: readonly string[], from: number, to: number): string[] {
  const version: string[] = [];
  let at = from;
  while (list[0] !== undefined && belongs(list[0], from, to)) {
    const hunk = list.shift()!;
    version.push(...base.slice(at, hunk.from), ...hunk.fresh);
    at = hunk.to;
  }
  return [...version, ...base.slice(at, to)];
}
