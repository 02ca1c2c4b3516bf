import { createHmac, createHash, timingSafeEqual } from "node:crypto";

/** Comparison that takes as long whatever differs, lengths included. */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** HMAC-SHA-256 in base64url, apart for each purpose. */
export function sign(key: string, purpose: string, text: string): string {
  return createHmac("sha256", key).update(`${purpose}\n${text}`).digest("base64url");
}
