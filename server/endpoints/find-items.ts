import { canonicalJson, isMap, type Json } from "../../lib/json.ts";
import type { Problem } from "../../lib/problem.ts";
import type { HttpResourceConfig } from "../../lib/source/http/resource.ts";
import { storableError } from "../../lib/task/storable.ts";
import { fieldOf, valuesAt } from "../json-path.ts";
import type { FoundItem, Page, ParentObject } from "./collection.ts";
import { textFingerprint } from "./fingerprints.ts";

export type Found = Pick<Page, "items" | "held" | "problems" | "unidentified"> & {
  /** In the order of the answer; null for an item without a key. */
  keys: (string | null)[];
};

/** So many problems of single items are told for each page. */
const MOST_TOLD = 5;
const LONGEST_KEY = 1_000;

/**
 * The list that the selector finds: the elements of the one array it leads to, or each value that it leads to.
 * @returns null when it leads to nothing, which is no empty list.
 */
export function listAt(body: Json, selector: string): Json[] | null {
  // `$.data[*]` of a missing and of an empty list look the same, so the list itself is asked for.
  const values = valuesAt(body, selector.replace(/\[\*\]$|\.\*$/, "") || "$");
  const [first] = values;
  if (values.length === 1 && Array.isArray(first)) return first;
  return values.length > 0 || selector.includes("?") ? values : null;
}

/**
 * Reads the items of a page. One that cannot be stored, or has no key, holds up no other.
 * @param before how many items of the page came before these.
 */
export function findItems(
  list: readonly Json[],
  resource: Pick<HttpResourceConfig, "primary_key" | "parent" | "updated_at" | "incremental">,
  parent: ParentObject | null,
  before = 0,
): Found {
  const keys = list.map((item) => keyOf(item, resource.primary_key));
  const found: Found = { items: [], held: [], problems: [], unidentified: 0, keys };
  const tell = (problem: Problem) => found.problems.length < MOST_TOLD && found.problems.push(problem);
  const byKey = new Map<string, FoundItem>();
  list.forEach((item, at) => {
    const key = keys[at] ?? null;
    const which = `item ${before + at + 1} of the page`;
    if (key === null || !isMap(item)) {
      found.unidentified++;
      tell({
        code: "missing_id",
        message: `${which} has no ${resource.primary_key.join(" and ")} that could be its key; see primary_key`,
      });
      return;
    }
    const wrong = storableError(item);
    if (wrong) {
      found.held.push(key);
      tell({ code: "unstorable_value", message: `${key}: ${wrong.message}`, task_id: key });
      return;
    }
    const text = canonicalJson(item);
    const same = byKey.get(key);
    const link =
      resource.parent?.kind === "field" ? scalar(fieldOf(item, resource.parent.field)) : parent?.key;
    const made: FoundItem = {
      key,
      parent: link ?? null,
      text,
      data: item,
      fingerprint: textFingerprint(text),
      updatedAt: timeOf(resource.updated_at === undefined ? undefined : fieldOf(item, resource.updated_at)),
      cursor: resource.incremental ? (fieldOf(item, resource.incremental.cursor_path) ?? null) : null,
    };
    if (same && same.fingerprint !== made.fingerprint) {
      found.held.push(key);
      tell({
        code: "duplicate_id",
        message: `the key ${key} stands twice on a page, for different items; see primary_key`,
        task_id: key,
      });
    }
    byKey.set(key, made);
  });
  const held = new Set(found.held);
  found.items = [...byKey.values()].filter(({ key }) => !held.has(key));
  return found;
}

/** The key of an item: its field, or its fields one after the other; null when one is missing. */
export function keyOf(item: Json, fields: readonly string[]): string | null {
  const parts = fields.map((field) => scalar(fieldOf(item, field)));
  if (parts.some((part) => part === null)) return null;
  const [only] = parts;
  const key =
    parts.length === 1 ? (only ?? "") : parts.map((part) => encodeURIComponent(part ?? "")).join("/");
  return key.length > LONGEST_KEY ? null : key;
}

function scalar(value: Json | undefined): string | null {
  const usable =
    (typeof value === "string" && value !== "" && !value.includes("\0")) || typeof value === "number";
  return usable ? String(value) : null;
}

function timeOf(value: Json | undefined): string | null {
  const time = typeof value === "string" || typeof value === "number" ? new Date(value) : null;
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : null;
}
