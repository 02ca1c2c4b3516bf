import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import { isMap as isJsonMap, type Json } from "../json.ts";
import type { Problem } from "../problem.ts";
import { type FieldProblem, idSchema, parseTask } from "../task/schema.ts";
import { type Task, taskKey, type TaskKey } from "../task/task.ts";
import { isMergePair, jsonOf } from "./json-of.ts";
import { readSimpleItem } from "./simple-item.ts";

/** What one item of the list says. Offsets count in the text that it was parsed from. */
export interface ItemReading {
  /** Undefined when the item has no readable id. */
  key: TaskKey | undefined;
  json: Json;
  /** Undefined when there are problems. */
  task: Task | undefined;
  problems: { problem: Problem; offset: number }[];
  /** Offset of the first key. */
  start: number;
}

/** Reads one item of a parsed list, with all its problems and where they are. */
export function readItem(item: Node | null, aliases: ReadonlyMap<Alias, Node>): ItemReading {
  const { value: json, issues } = jsonOf(item, aliases);
  const key = keyOf(
    json,
    issues.some(({ code, node }) => code === "duplicate_key" && isScalar(node) && node.value === "id"),
  );
  const start = offsetOf(item);
  const named = key === undefined ? {} : { task_id: key };
  const problems = issues.map(({ code, message, node }) => ({
    problem: { code, message, ...named },
    offset: inside(item, node) ? offsetOf(node ?? item) : start,
  }));
  // A value that could not be read is null in `json`, and parsing that would only report a second problem.
  const readable = issues.every(({ code }) => code === "duplicate_key");
  const parsed = readable ? parseTask(json) : undefined;
  if (parsed?.ok && problems.length === 0) return { key, json, task: parsed.task, problems, start };
  for (const { code, message, path } of parsed?.ok === false ? withoutEchoes(parsed.problems) : []) {
    problems.push({
      problem: { code, message, ...named },
      offset: locate(item, path, aliases, code === "reserved_key"),
    });
  }
  return { key, json, task: undefined, problems, start };
}

/** Reads a valid task in the simple style without the parser; undefined for any other item. */
export function readSimple(chunk: string): ItemReading | undefined {
  const simple = readSimpleItem(chunk);
  const parsed = simple && parseTask(simple.json);
  return simple && parsed?.ok
    ? {
        key: taskKey(parsed.task.id),
        json: simple.json,
        task: parsed.task,
        problems: [],
        start: simple.start,
      }
    : undefined;
}

/** A value that cannot be stored also makes the value around it invalid; the problem is reported once. */
function withoutEchoes(problems: FieldProblem[]): FieldProblem[] {
  const unstorable = problems.find(({ code }) => code === "unstorable_value");
  return problems.filter(
    (problem) =>
      problem === unstorable ||
      !unstorable ||
      problem.path.length === 0 ||
      problem.path.some((part, i) => part !== unstorable.path[i]),
  );
}

/** The task's key; undefined when the item has no valid id, or (`ambiguous`) two of them. */
function keyOf(json: Json, ambiguous: boolean): TaskKey | undefined {
  if (ambiguous || !isJsonMap(json) || !Object.hasOwn(json, "id")) return undefined;
  const id = idSchema.safeParse(json["id"]);
  return id.success ? taskKey(id.data) : undefined;
}

/** Whether the node is inside the item. A node reached through an alias is elsewhere in the file. */
function inside(item: Node | null, node: Node | undefined): boolean {
  const [range, outer] = [node?.range, item?.range];
  return !!range && !!outer && range[0] >= outer[0] && range[1] <= outer[2];
}

/** Offset of the value at `path`. The path is followed until it leaves the item through an alias. */
function locate(
  item: Node | null,
  path: readonly (string | number)[],
  aliases: ReadonlyMap<Alias, Node>,
  atKey: boolean,
): number {
  let node: Node | null | undefined = item;
  let offset = offsetOf(item);
  for (const [depth, part] of path.entries()) {
    const pair: Pair | undefined = isMap(node)
      ? (findPair(node.items, part) ?? node.items.find(isMergePair))
      : undefined;
    const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(part)] : undefined;
    const empty = !pair || next === null || next === undefined || (isScalar(next) && next.source === "");
    if (pair && (empty || (atKey && depth === path.length - 1) || isMergePair(pair)))
      offset = offsetOf(pair.key as Node);
    else if (next) offset = offsetOf(next as Node);
    if (!next || isAlias(next) || (pair && isMergePair(pair))) break;
    node = next as Node;
  }
  return offset;
}

function findPair(pairs: readonly Pair[], key: string | number): Pair | undefined {
  return pairs.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

function offsetOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}
