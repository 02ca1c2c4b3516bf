import { Document, isPair, isScalar, type Node, Scalar, type ScalarTag, visit } from "yaml";
import { isMap, type Json } from "../json.ts";

const CORE = tagsOf("1.2");
const EARLIER = tagsOf("1.1");

/** The types of which a plain scalar may be. `<<` is one only as a key, and only in 1.1. */
function tagsOf(version: "1.1" | "1.2"): ScalarTag[] {
  return new Document(null, { version }).schema.tags.filter(
    (tag): tag is ScalarTag => "test" in tag && (tag.default === true || tag.default === "key"),
  );
}

/** Whether YAML 1.1 and the core schema of 1.2 read the plain text as the same value. */
export function readsAlike(plain: string): boolean {
  return Object.is(resolved(plain, CORE), resolved(plain, EARLIER));
}

/** What a plain scalar says, by the first type that it looks like. */
function resolved(plain: string, tags: readonly ScalarTag[]): unknown {
  const tag = tags.find(({ test }) => test?.test(plain));
  const value: unknown = tag ? tag.resolve(plain, () => undefined, {}) : plain;
  return isScalar(value) ? value.value : value;
}

/** Whether a text or a key in the value is read differently where it is written without quotes. */
export function mayReadDifferently(json: Json): boolean {
  if (typeof json === "string") return !readsAlike(json);
  if (Array.isArray(json)) return json.some(mayReadDifferently);
  return (
    isMap(json) && Object.entries(json).some(([key, value]) => !readsAlike(key) || mayReadDifferently(value))
  );
}

/** A plain scalar that YAML 1.1 reads as another value than 1.2 does. */
interface Differing {
  /** The keys above it, and what 1.1 takes it for. Times in one place are alike. */
  kind: string;
  source: string;
}

/** All plain scalars within the node that the two versions of YAML read differently. */
export function readDifferently(node: Node | null): Differing[] {
  const found: Differing[] = [];
  if (node === null) return found;
  visit(node, {
    Scalar(key, { type, tag, source = "" }, path) {
      if (type !== Scalar.PLAIN || tag !== undefined || readsAlike(source)) return;
      const above = path.flatMap((each) =>
        isPair(each) && isScalar(each.key) ? [String(each.key.source)] : [],
      );
      const time = resolved(source, EARLIER) instanceof Date;
      found.push({ kind: JSON.stringify([...above, key === "key", time ? "time" : source]), source });
    },
  });
  return found;
}
