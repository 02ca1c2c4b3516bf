import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import type { z } from "zod";
import { SETTING_NAMES } from "./settings.ts";

/** Tells a problem at a node of the document. */
export type Complain = (node: unknown, message: string) => void;

interface HowToRead {
  /** Of the map; empty where a source's settings stand among its keys. */
  name: string;
  /** What problems call a map without a name. */
  unnamed?: string;
  complain: Complain;
}

/** Settings and the kind stand among the keys of a source, and are read apart. */
const READ_APART = new Set<string>([...SETTING_NAMES, "kind"]);

/** What the schema makes of the node, without a source's settings; null, with its problems told, if it does not fit. */
export function readNode<Schema extends z.ZodType>(
  schema: Schema,
  node: YAMLMap,
  { name, unnamed = "it", complain }: HowToRead,
): z.output<Schema> | null {
  const plain = node.toJSON() as Record<string, unknown>;
  const own = Object.fromEntries(
    Object.entries(plain).filter(([key]) => name !== "" || !READ_APART.has(key)),
  );
  const parsed = schema.safeParse(own);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const keys = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
    const where = [name, ...issue.path.map(String)].filter(Boolean).join(".");
    complain(nodeAt(node, [...issue.path, ...keys]), `${where === "" ? unnamed : where} ${issue.message}`);
  }
  return null;
}

/** The deepest node on the way that is there. */
function nodeAt(node: YAMLMap, path: readonly PropertyKey[]): unknown {
  let at: unknown = node;
  for (const key of path) {
    const pair = isMap(at) ? at.items.find((each) => keyOf(each) === String(key)) : undefined;
    const next: unknown = pair ? (pair.value ?? pair) : isSeq(at) ? at.items[Number(key)] : undefined;
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}
