import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { addKeys, canonicalJson, equalJson, type Json, type JsonMap, setKey } from "../json.ts";
import { FIELD_NAMES, fieldSpec, fieldsWhere, isField } from "./fields.ts";
import type { Task, TaskContent } from "./task.ts";

// Maps are built key by key: a spread followed by more keys is twenty times slower in V8, and there may
// be 100 000 tasks.

/** The content as one map: unknown keys, then the fields by name. A whole task may be given as well. */
export function contentMap(content: TaskContent): JsonMap {
  const map: JsonMap = {};
  addKeys(map, content.extra);
  for (const name of FIELD_NAMES) map[name] = content[name];
  return map;
}

/** The way back from `contentMap`. The map must hold every field. */
export function contentFromMap(map: JsonMap): TaskContent {
  const content: JsonMap = {};
  for (const name of FIELD_NAMES) content[name] = map[name] as Json;
  const extra: JsonMap = {};
  for (const key of Object.keys(map)) if (!isField(key)) setKey(extra, key, map[key] as Json);
  content["extra"] = extra;
  return content as unknown as TaskContent;
}

export function contentOf(task: Task): TaskContent {
  const { id: _id, updated_at: _stamp, ...content } = task;
  return content;
}

/** Whether both say the same. Ids and stamps of whole tasks are not compared. */
export function equalContent(a: TaskContent, b: TaskContent): boolean {
  return equalJson(contentMap(a), contentMap(b));
}

const ADDED_LATER = fieldsWhere((spec) => spec.addedLater === true);

/** The content as it goes into stored fingerprints: see `addedLater` in the table of fields. */
export function fingerprintedContent(content: TaskContent): JsonMap {
  const map = contentMap(content);
  for (const name of ADDED_LATER) if (equalJson(map[name], fieldSpec(name).default)) delete map[name];
  return map;
}

/** SHA-256 of the canonical JSON, 32 hex digits: equal exactly for equal values. */
export function fingerprintOf(value: Json): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, 32);
}
