import { createHash, hash } from "node:crypto";
import { canonicalJson, type JsonMap } from "../../lib/json.ts";

/** Tells one configuration of a collection from another. It is stored: another value makes the next pull a full one. */
export function configFingerprint(config: object): string {
  const told = JSON.parse(JSON.stringify(config)) as JsonMap;
  return createHash("sha256").update(canonicalJson(told)).digest("hex").slice(0, 16);
}

/** Tells one text from another: that of an item, or of the keys of a page. */
export function textFingerprint(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}
