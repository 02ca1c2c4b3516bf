import type { JsonMap } from "../json.ts";
import { fingerprintOf } from "../task/content.ts";

/** Strong entity tag of a task as GET answers it: equal exactly while the answer is equal. */
export function taskEtag(task: JsonMap): string {
  return `"${fingerprintOf(task)}"`;
}

/** Whether `If-Match` / `If-None-Match` names the tag; `*` names any. Weak tags compare by value. */
export function namesEtag(header: string, etag: string): boolean {
  return header.split(",").some((part) => {
    const tag = part.trim().replace(/^W\//, "");
    return tag === "*" || tag === etag;
  });
}
