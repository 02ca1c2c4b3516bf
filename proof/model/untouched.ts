import type { JsonMap } from "../../lib/json.ts";
import { tasksIn } from "./file-text.ts";
import { LEAVES, leavesOf } from "./leaves.ts";

export interface UndoneLines {
  tasks: readonly string[];
  lines: ReadonlySet<string>;
}

/**
 * Compares the file's text before and after Lockstep has written it: the lines of tasks that say the same as
 * before are the same lines, and in the others only lines of changed keys differ.
 * @param undone tasks that an undo gives their earlier lines back, and all lines that ever stood in the file.
 * @returns findings in plain words.
 */
export function touchedWithoutReason(before: string, after: string, undone: UndoneLines): string[] {
  if (before === after) return [];
  const [was, is] = [byId(before), byId(after)];
  if (!is) return ["Lockstep has written a file that is no YAML"];
  if (!was) return ["Lockstep has written over a file that it cannot read"];
  const [old, now] = [blocks(before), blocks(after)];
  const findings: string[] = [];
  for (const [id, task] of was) {
    const kept = is.get(id);
    if (!kept) continue;
    if (undone.tasks.includes(id) && (now.get(id) ?? []).every((line) => undone.lines.has(line))) continue;
    const [lines, there] = [old.get(id) ?? [], new Set(now.get(id) ?? [])];
    const changed = changedNames(task, kept);
    for (const { line, keys } of withKeys(lines)) {
      if (there.has(line) || mayChange(line, keys, changed)) continue;
      findings.push(`a line of ${id} has changed without a reason: ${JSON.stringify(line)}`);
    }
  }
  for (const [note, id = ""] of before.matchAll(/# keep (.*)$/gm)) {
    const isGone = was.has(id) && !is.has(id);
    if (!isGone && !undone.tasks.includes(id) && !after.includes(note))
      findings.push(`a comment is gone: ${note}`);
  }
  return findings;
}

function byId(text: string): Map<string, JsonMap> | null {
  const tasks = tasksIn(text);
  return tasks && new Map(tasks.map((task) => [String(task["id"]), task]));
}

/** The lines of each task, from its `- id:` to the next one's, without comments and empty lines. */
function blocks(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split("\n")) {
    const id = /^\s*- id: *["']?([\w.-]+)/.exec(line)?.[1];
    if (id !== undefined) found.set(id, (lines = []));
    if (line.trim() !== "" && !line.trim().startsWith("#")) lines.push(line);
  }
  return found;
}

interface ChangedNames {
  /** The last names of the paths that differ. */
  leaves: ReadonlySet<string>;
  /** And the maps around them. */
  maps: ReadonlySet<string>;
}

/** The maps of a task that may be there without a value: the merge patch of an API call empties one and lets it stand. */
const MAPS = [["params"], ["params", "deep"]];

function changedNames(before: JsonMap, after: JsonMap): ChangedNames {
  const [was, is] = [leavesOf(before), leavesOf(after)];
  const changed = LEAVES.filter((leaf) => was.get(leaf) !== is.get(leaf)).map((leaf) => leaf.split("."));
  const cameOrWent = MAPS.filter((path) => hasMap(before, path) !== hasMap(after, path));
  const paths = [...changed, ...cameOrWent];
  return {
    leaves: new Set([...paths.flatMap((path) => path.slice(-1)), "next_run_at", "updated_at"]),
    maps: new Set(paths.flatMap((path) => path.slice(0, -1))),
  };
}

function hasMap(task: JsonMap, path: readonly string[]): boolean {
  const found = path.reduce<unknown>((map, key) => (map as JsonMap | undefined)?.[key], task);
  return typeof found === "object" && found !== null;
}

/** Each line with the keys under which it stands, its own key last. */
function withKeys(lines: readonly string[]): { line: string; keys: string[] }[] {
  const above: { indent: number; key: string }[] = [];
  return lines.map((line) => {
    const indent = line.search(/[^ -]/);
    while (above.length > 0 && above.at(-1)!.indent >= indent) above.pop();
    const key = /^[ -]*["']?(\w+)["']?:(\s|$)/.exec(line)?.[1];
    if (key !== undefined) above.push({ indent, key });
    return { line, keys: above.map((each) => each.key) };
  });
}

function mayChange(line: string, keys: readonly string[], { leaves, maps }: ChangedNames): boolean {
  if (keys.some((key) => leaves.has(key))) return true;
  const own = keys.at(-1);
  // The line that opens a map goes with the map's last key, and a map in braces is one line.
  if (own === undefined || !maps.has(own)) return false;
  return line.trimEnd().endsWith(":") || /[{]/.test(line);
}
