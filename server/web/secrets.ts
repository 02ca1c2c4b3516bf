import { createHash, timingSafeEqual } from "node:crypto";

/** Compares secrets in a time that does not depend on where, or in length, they differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
