import { createHmac, createHash, timingSafeEqual } from "node:crypto";

/** Compares secrets in a time that does not depend on where, or in length, they differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** HMAC-SHA-256 in base64url, with a separate key for each purpose. */
export function sign(key: string, purpose: string, text: string): string {
  return createHmac("sha256", key).update(`${purpose}\n${text}`).digest("base64url");
}
