import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson, equalJson, type Json, type JsonMap } from "../json.ts";
import type { Task, TaskContent } from "./task.ts";

/** The content as one map of fields: known fields by name, `params` as a map, unknown keys beside them. */
export function contentMap(content: TaskContent): JsonMap {
  return {
    ...content.extra,
    skill_name: content.skill_name,
    schedule_cron: content.schedule_cron,
    next_run_at: content.next_run_at,
    timezone: content.timezone,
    status: content.status,
    description: content.description,
    params: content.params,
  };
}

/** The way back: what `contentMap` spread out. The map holds every known field of the content. */
export function contentFromMap(map: JsonMap): TaskContent {
  const { skill_name, schedule_cron, next_run_at, timezone, status, description, params, ...extra } = map;
  const content: Record<keyof TaskContent, Json | undefined> = {
    skill_name,
    schedule_cron,
    next_run_at,
    timezone,
    status,
    description,
    params,
    extra,
  };
  return content as unknown as TaskContent;
}

export function contentOf(task: Task): TaskContent {
  const { id: _id, updated_at: _stamp, ...content } = task;
  return content;
}

export function equalContent(a: TaskContent, b: TaskContent): boolean {
  return equalJson(contentMap(a), contentMap(b));
}

/** SHA-256 of the canonical content, 32 hex digits: equal exactly for tasks that agree. */
export function fingerprint(content: TaskContent): string {
  return fingerprintOf(contentMap(content));
}

export function fingerprintOf(value: Json): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, 32);
}
