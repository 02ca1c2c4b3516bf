import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import { isMap as isJsonMap, type Json } from "../json.ts";
import type { Problem } from "../problem.ts";
import { type FieldProblem, idSchema, parseTask } from "../task/schema.ts";
import { type Task, taskKey, type TaskKey } from "../task/task.ts";
import { isMergePair, plainOf } from "./plain.ts";
import { readSimpleItem } from "./simple-item.ts";

/** What one item of the list says. Offsets are those of the text it was parsed from. */
export interface ItemReading {
  /** Undefined when the item gives no readable id. */
  key: TaskKey | undefined;
  plain: Json;
  /** Undefined when there are problems. */
  task: Task | undefined;
  problems: { problem: Problem; offset: number }[];
  /** Offset of the first key. */
  start: number;
}

export function readItem(item: Node | null, aliases: ReadonlyMap<Alias, Node>): ItemReading {
  const { value: plain, issues } = plainOf(item, aliases);
  const key = keyOf(
    plain,
    issues.some(({ code, node }) => code === "duplicate_key" && isScalar(node) && node.value === "id"),
  );
  const start = offsetOf(item);
  const named = key === undefined ? {} : { task_id: key };
  const problems = issues.map(({ code, message, node }) => ({
    problem: { code, message, ...named },
    offset: inside(item, node) ? offsetOf(node ?? item) : start,
  }));
  // A value that could not be read stands as null in `plain`, which would only draw a second complaint.
  const readable = issues.every(({ code }) => code === "duplicate_key");
  const parsed = readable ? parseTask(plain) : undefined;
  if (parsed?.ok && problems.length === 0) return { key, plain, task: parsed.task, problems, start };
  for (const { code, message, path } of parsed?.ok === false ? withoutEchoes(parsed.problems) : []) {
    problems.push({
      problem: { code, message, ...named },
      offset: locate(item, path, aliases, code === "reserved_key"),
    });
  }
  return { key, plain, task: undefined, problems, start };
}

/** A valid task in the simple style, read without the parser; undefined for any other. */
export function readSimple(chunk: string): ItemReading | undefined {
  const simple = readSimpleItem(chunk);
  const parsed = simple && parseTask(simple.plain);
  return simple && parsed?.ok
    ? {
        key: taskKey(parsed.task.id),
        plain: simple.plain,
        task: parsed.task,
        problems: [],
        start: simple.start,
      }
    : undefined;
}

/** A value that cannot be stored also makes what it stands in invalid; once is enough. */
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

/** An id that stands twice names no task for certain. */
function keyOf(plain: Json, ambiguous: boolean): TaskKey | undefined {
  if (ambiguous || !isJsonMap(plain) || !Object.hasOwn(plain, "id")) return undefined;
  const id = idSchema.safeParse(plain["id"]);
  return id.success ? taskKey(id.data) : undefined;
}

/** A node reached through an alias stands elsewhere in the file; its problem is the item's. */
function inside(item: Node | null, node: Node | undefined): boolean {
  const [range, outer] = [node?.range, item?.range];
  return !!range && !!outer && range[0] >= outer[0] && range[1] <= outer[2];
}

/** Where the value at `path` stands; as far as the path can be followed without leaving the item through an alias. */
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
