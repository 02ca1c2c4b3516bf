import type { JsonMap } from "../json.ts";
import { fingerprintOf } from "../task/content.ts";

/** Strong entity tag of a task. Two tags are equal exactly when the answers of GET are equal. */
export function taskEtag(task: JsonMap): string {
  return `"${fingerprintOf(task)}"`;
}

/** Whether `If-Match` or `If-None-Match` names the tag. `*` names every tag. Weak tags compare by value. */
export function namesEtag(header: string, etag: string): boolean {
  return header.split(",").some((part) => {
    const tag = part.trim().replace(/^W\//, "");
    return tag === "*" || tag === etag;
  });
}
