import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson, type Json } from "../json.ts";
import { toPlain } from "../task/task.ts";
import { contentMap } from "../task/content.ts";
import { changesASide } from "./changes-a-side.ts";
import type { Conflict, PlanItem } from "./types.ts";

const COMPUTED = "computed";

/**
 * SHA-256 over everything that a plan would do to either side and every conflict that it would raise, in 64 hex
 * digits. The hash leaves out what may change while a person looks at the plan, because that does not change what
 * they confirm: stamps, a computed `next_run_at`, and items that only advance the ancestor (a ticking task).
 */
export function planHash(items: readonly PlanItem[], conflicts: readonly Conflict[]): string {
  // Each item is hashed by itself, because the lines of a large plan together take hundreds of megabytes.
  const digests = [
    ...items.filter(changesASide).map((item) => digest(itemLine(item))),
    ...conflicts.map((conflict) =>
      digest(canonicalJson(["conflict", conflict.key, conflict.kind, conflict.revision])),
    ),
  ];
  return digest(digests.sort().join("\n"));
}

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

function itemLine(item: PlanItem): string {
  return canonicalJson([item.action, item.key, fileEffect(item), databaseEffect(item)]);
}

function fileEffect({ file, computedNextRun }: PlanItem): Json {
  if (file === undefined) return "same";
  if (file === null) return null;
  const edits = (file.edits ?? []).map(({ path, value }): Json => {
    const computed = computedNextRun && path.length === 1 && path[0] === "next_run_at";
    return value === undefined ? [path] : [path, computed ? COMPUTED : value];
  });
  return [edits.map(canonicalJson).sort(), file.create ?? null];
}

function databaseEffect({ database, computedNextRun }: PlanItem): Json {
  if (database === undefined) return "same";
  if (database === null) return null;
  const { id } = toPlain(database);
  const content = contentMap(database);
  return [String(id), computedNextRun ? { ...content, next_run_at: COMPUTED } : content];
}
